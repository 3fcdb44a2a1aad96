/**
 * The C library's functions that Node does not offer. koffi is loaded here and nowhere else, in the launcher's own process: a wrong call
 * could crash it, and the app must not share that fate.
 */
import { constants } from 'node:os';
import koffi from 'koffi';

const O_CLOEXEC = 0o2000000;
const F_SETFD = 2;
const FD_CLOEXEC = 1;
const PR_SET_CHILD_SUBREAPER = 36;
const WNOHANG = 1;
const POSIX_SPAWN_SETPGROUP = 0x02;
const POSIX_SPAWN_SETSIGDEF = 0x04;
const POSIX_SPAWN_SETSIGMASK = 0x08;
/** Larger than the opaque structures of glibc (80, 336 and 128 bytes) and musl. */
const STRUCTURE_BYTES = 512;
/** struct rusage on 64-bit Linux: two timevals, then fourteen longs of which the first is the peak resident size in KiB. */
const RUSAGE_BYTES = 144;

const libc = koffi.load(null);
const pipe2 = libc.func('int pipe2(_Out_ int *fds, int flags)');
const fcntl = libc.func('int fcntl(int fd, int command, int argument)');
const prctl = libc.func('int prctl(int option, ulong a, ulong b, ulong c, ulong d)');
const wait4 = libc.func('int wait4(int pid, _Out_ int *status, int options, void *usage)');
const posixSpawn = libc.func(
  'int posix_spawn(_Out_ int *pid, const char *path, const void *actions, const void *attributes, const char **argv, const char **envp)',
);
const actionsInit = libc.func('int posix_spawn_file_actions_init(void *actions)');
const actionsDestroy = libc.func('int posix_spawn_file_actions_destroy(void *actions)');
const actionsDup2 = libc.func('int posix_spawn_file_actions_adddup2(void *actions, int from, int to)');
const actionsOpen = libc.func(
  'int posix_spawn_file_actions_addopen(void *actions, int fd, const char *path, int flags, uint mode)',
);
const actionsChdir = libc.func('int posix_spawn_file_actions_addchdir_np(void *actions, const char *path)');
const attributesInit = libc.func('int posix_spawnattr_init(void *attributes)');
const attributesFlags = libc.func('int posix_spawnattr_setflags(void *attributes, short flags)');
const attributesDefaults = libc.func('int posix_spawnattr_setsigdefault(void *attributes, const void *signals)');

const errnoNames = new Map(Object.entries(constants.errno).map(([name, number]) => [number, name]));
const actions = Buffer.alloc(STRUCTURE_BYTES);
const usage = Buffer.alloc(RUSAGE_BYTES);
const attributes = spawnAttributes();

export type Errno = string;

export interface Pipe {
  readEnd: number;
  writeEnd: number;
}

export interface Redirections {
  /** `null`: /dev/null */
  stdin: number | null;
  stdout: number;
  stderr: number;
  cwd: string | null;
}

export interface Reaped {
  pid: number;
  exitCode: number;
  /** 0: it exited. */
  signal: number;
  userMs: number;
  systemMs: number;
  maxRssBytes: number;
}

/** Both ends are closed in every child. */
export function createPipe(): Pipe | Errno {
  const fds: number[] = [0, 0];
  if (pipe2(fds, O_CLOEXEC) !== 0) return errnoName(koffi.errno());
  return { readEnd: fds[0] as number, writeEnd: fds[1] as number };
}

export function closeOnExec(fd: number): void {
  fcntl(fd, F_SETFD, FD_CLOEXEC);
}

/** Orphans below us become our children instead of init's. See prctl(2). */
export function becomeSubreaper(): void {
  if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) !== 0) throw new Error(`prctl: ${errnoName(koffi.errno())}`);
}

/** Starts a process as the leader of a group of its own. Returns its pid, or why not. */
export function spawnProcess(
  path: string,
  argv: readonly string[],
  envp: readonly (string | null)[],
  redirections: Redirections,
): number | Errno {
  actionsInit(actions);
  try {
    if (redirections.cwd !== null) actionsChdir(actions, redirections.cwd);
    if (redirections.stdin === null) actionsOpen(actions, 0, '/dev/null', 0, 0);
    else actionsDup2(actions, redirections.stdin, 0);
    actionsDup2(actions, redirections.stdout, 1);
    actionsDup2(actions, redirections.stderr, 2);
    const pid = [0];
    const error: number = posixSpawn(pid, path, actions, attributes, [...argv, null], envp);
    return error === 0 ? (pid[0] as number) : errnoName(error);
  } finally {
    actionsDestroy(actions);
  }
}

/** One child that has ended, or `null` when there is none now. */
export function reap(): Reaped | null {
  const status = [0];
  const pid: number = wait4(-1, status, WNOHANG, usage);
  if (pid <= 0) return null;
  const word = status[0] as number;
  const signal = word & 0x7f;
  return {
    pid,
    signal,
    exitCode: signal === 0 ? (word >> 8) & 0xff : 0,
    userMs: timeval(0),
    systemMs: timeval(16),
    maxRssBytes: Number(usage.readBigInt64LE(32)) * 1024,
  };
}

function timeval(offset: number): number {
  return Number(usage.readBigInt64LE(offset)) * 1e3 + Number(usage.readBigInt64LE(offset + 8)) / 1e3;
}

function errnoName(number: number): Errno {
  return errnoNames.get(number) ?? `errno ${number}`;
}

/** Own group, every signal at its default, none blocked: whatever the app or Node ignores, the child does not. */
function spawnAttributes(): Buffer {
  const buffer = Buffer.alloc(STRUCTURE_BYTES);
  attributesInit(buffer);
  attributesFlags(buffer, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  attributesDefaults(buffer, everySignal());
  return buffer;
}

/** A sigset_t: bit n - 1 for signal n. The two that cannot be caught are left out. */
function everySignal(): Buffer {
  const set = Buffer.alloc(128);
  for (let signal = 1; signal <= 64; signal++) {
    if (signal === constants.signals.SIGKILL || signal === constants.signals.SIGSTOP) continue;
    const bit = signal - 1;
    set[bit >> 3] = (set[bit >> 3] as number) | (1 << (bit & 7));
  }
  return set;
}
