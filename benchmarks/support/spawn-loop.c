/* The machine's own speed: posix_spawn in a loop, two pipes a child, at most so many at once. Prints children a second. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

struct child {
  pid_t pid;
  int out, err;
};

static void start(struct child *child) {
  int out[2], err[2];
  if (pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0) exit(1);
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out[1], 1);
  posix_spawn_file_actions_adddup2(&actions, err[1], 2);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  char *argv[] = {"/bin/true", NULL};
  if (posix_spawn(&child->pid, argv[0], &actions, &attributes, argv, environ) != 0) exit(1);
  posix_spawn_file_actions_destroy(&actions);
  close(out[1]);
  close(err[1]);
  child->out = out[0];
  child->err = err[0];
}

static void finish(struct child *child) {
  char buffer[65536];
  while (read(child->out, buffer, sizeof buffer) > 0) {}
  while (read(child->err, buffer, sizeof buffer) > 0) {}
  close(child->out);
  close(child->err);
  child->pid = 0;
}

int main(int argc, char **argv) {
  int count = argc > 1 ? atoi(argv[1]) : 1000, at_once = argc > 2 ? atoi(argv[2]) : 8;
  struct child *children = calloc(at_once, sizeof *children);
  struct timespec from, to;
  clock_gettime(CLOCK_MONOTONIC, &from);
  for (int started = 0, ended = 0; ended < count;) {
    for (int slot = 0; slot < at_once && started < count; slot++) {
      if (children[slot].pid == 0) start(&children[slot]), started++;
    }
    pid_t pid = wait(NULL);
    for (int slot = 0; slot < at_once; slot++) {
      if (children[slot].pid == pid) finish(&children[slot]), ended++;
    }
  }
  clock_gettime(CLOCK_MONOTONIC, &to);
  printf("%f\n", count / ((to.tv_sec - from.tv_sec) + (to.tv_nsec - from.tv_nsec) / 1e9));
  return 0;
}
