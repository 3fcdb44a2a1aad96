/**
 * The C library's functions that Node does not offer. koffi is loaded in the launcher's own process and nowhere else: a wrong call could
 * crash it, and the app must not share that fate.
 */
import { closeSync, constants as files, openSync, readFileSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { type ProcessEnd, WIDE_PIPE_BYTES } from '../protocol/launcher-wire.js';
import { ffi } from './koffi.js';
import { StringVector } from './string-vector.js';

const { O_NONBLOCK, O_RDONLY } = files;
const O_CLOEXEC = 0o2000000;
const F_SETFD = 2;
const FD_CLOEXEC = 1;
const F_SETPIPE_SZ = 1031;
const PR_SET_CHILD_SUBREAPER = 36;
const WNOHANG = 1;
const POSIX_SPAWN_SETPGROUP = 0x02;
const POSIX_SPAWN_SETSIGDEF = 0x04;
const POSIX_SPAWN_SETSIGMASK = 0x08;
/** Numbers 32 and 33. */
const GLIBC_SIGNALS = 0b11n << 31n;
const POLLIN = 0x01;
const POLLHUP = 0x10;
/** struct pollfd: an int, then two shorts: what is asked, and what is so. */
const POLLFD_BYTES = 8;
/** Larger than the opaque structures of glibc (80, 336 and 128 bytes) and musl. */
const STRUCTURE_BYTES = 512;
/** struct rusage on 64-bit Linux: two timevals, then fourteen longs of which the first is the peak resident size in KiB. */
const RUSAGE_BYTES = 144;

// Whatever is written to or read from memory goes through buffers made once: converting arrays costs more than the calls.
const libc = ffi.load(null);
const pipe2 = libc.func('int pipe2(void *fds, int flags)');
const closeDescriptor = libc.func('int close(int fd)');
const poll = libc.func('int poll(void *fds, ulong count, int timeout)');
const kill = libc.func('int kill(int pid, int signal)');
const fcntl = libc.func('int fcntl(int fd, int command, int argument)');
const prctl = libc.func('int prctl(int option, ulong a, ulong b, ulong c, ulong d)');
const wait4 = libc.func('int wait4(int pid, void *status, int options, void *usage)');
const posixSpawn = libc.func(
  'int posix_spawn(void *pid, const char *path, const void *actions, const void *attributes, const void *argv, const void *envp)',
);
const actionsInit = libc.func('int posix_spawn_file_actions_init(void *actions)');
const actionsDestroy = libc.func('int posix_spawn_file_actions_destroy(void *actions)');
const actionsDup2 = libc.func('int posix_spawn_file_actions_adddup2(void *actions, int from, int to)');
const actionsChdir = libc.func('int posix_spawn_file_actions_addchdir_np(void *actions, const char *path)');
const attributesInit = libc.func('int posix_spawnattr_init(void *attributes)');
const attributesFlags = libc.func('int posix_spawnattr_setflags(void *attributes, short flags)');
const attributesDefaults = libc.func('int posix_spawnattr_setsigdefault(void *attributes, const void *signals)');

const errnoNames = new Map(Object.entries(constants.errno).map(([name, number]) => [number, name]));
const actions = Buffer.alloc(STRUCTURE_BYTES);
const usage = Buffer.alloc(RUSAGE_BYTES);
const twoInts = new Int32Array(2);
const oneInt = new Int32Array(1);
const polled = Buffer.alloc(2 * POLLFD_BYTES);
const attributes = spawnAttributes();
/** What the last process was given: it is there until the next one is. */
const argument = new StringVector([]);

export type Errno = string;

export interface Pipe {
  readEnd: number;
  writeEnd: number;
}

export interface Redirections {
  /** `null`: ours, which is at its end */
  stdin: number | null;
  stdout: number;
  stderr: number;
  cwd: string | null;
}

/** Both ends are closed in every child. */
export function createPipe(): Pipe | Errno {
  if (pipe2(twoInts, O_CLOEXEC) !== 0) return errnoName(ffi.errno());
  return { readEnd: twoInts[0] as number, writeEnd: twoInts[1] as number };
}

/** Of descriptors that are ours. Node's own takes five times as long. */
export function close(fd: number): void {
  closeDescriptor(fd);
}

export interface PipeState {
  /** There is something to read. */
  readable: boolean;
  /** Nobody can write to it any more. */
  abandoned: boolean;
}

/** How two pipes stand, seen from their read ends. */
export function stateOfPipes(first: number, second: number): [PipeState, PipeState] {
  polled.writeInt32LE(first, 0);
  polled.writeInt32LE(POLLIN, 4); // and nothing in what is so
  polled.writeInt32LE(second, POLLFD_BYTES);
  polled.writeInt32LE(POLLIN, POLLFD_BYTES + 4);
  poll(polled, 2, 0);
  return [pipeState(polled.readInt16LE(6)), pipeState(polled.readInt16LE(POLLFD_BYTES + 6))];
}

function pipeState(events: number): PipeState {
  return { readable: (events & POLLIN) !== 0, abandoned: (events & POLLHUP) !== 0 };
}

/** Whether a process group has a member, zombies included. */
export function groupExists(group: number): boolean {
  return kill(-group, 0) === 0 || errnoName(ffi.errno()) === 'EPERM';
}

/** Has a pipe hold `WIDE_PIPE_BYTES`, by another process's descriptor of it. Leaves it as it is where that is not allowed, or it is not there or no pipe. */
export function widenPipe(pid: number, fd: number): void {
  const path = `/proc/${pid}/fd/${fd}`;
  try {
    if (!statSync(path).isFIFO()) return;
    const own = openSync(path, O_RDONLY | O_NONBLOCK);
    fcntl(own, F_SETPIPE_SZ, WIDE_PIPE_BYTES);
    closeSync(own);
  } catch {} // it has been closed meanwhile
}

export function closeOnExec(fd: number): void {
  fcntl(fd, F_SETFD, FD_CLOEXEC);
}

export function keepOnExec(fd: number): void {
  fcntl(fd, F_SETFD, 0);
}

/** Orphans below us become our children instead of init's. See prctl(2). */
export function becomeSubreaper(): void {
  if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) !== 0) throw new Error(`prctl: ${errnoName(ffi.errno())}`);
}

/** Starts a process as the leader of a group of its own. Returns its pid, or why not. */
export function spawnProcess(
  path: string,
  argv: readonly string[],
  envp: StringVector,
  redirections: Redirections,
): number | Errno {
  actionsInit(actions);
  try {
    if (redirections.cwd !== null) actionsChdir(actions, redirections.cwd);
    if (redirections.stdin !== null) actionsDup2(actions, redirections.stdin, 0);
    actionsDup2(actions, redirections.stdout, 1);
    actionsDup2(actions, redirections.stderr, 2);
    argument.set(argv);
    const error: number = posixSpawn(oneInt, path, actions, attributes, argument.memory, envp.memory);
    return error === 0 ? (oneInt[0] as number) : errnoName(error);
  } finally {
    actionsDestroy(actions);
  }
}

/** One child that has ended, or `null` when there is none now. */
export function reap(): ProcessEnd | null {
  const pid: number = wait4(-1, oneInt, WNOHANG, usage);
  if (pid <= 0) return null;
  const word = oneInt[0] as number;
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

/** Own group, every signal at its default, none blocked: whatever the app or Node ignores, the child does not. Ignored signals are looked up once, so nothing may be ignored later. */
function spawnAttributes(): Buffer {
  const buffer = Buffer.alloc(STRUCTURE_BYTES);
  attributesInit(buffer);
  attributesFlags(buffer, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  attributesDefaults(buffer, signalsToReset());
  return buffer;
}

/**
 * A sigset_t: bit n - 1 for signal n. What this process ignores, by proc(5), for exec keeps that and sets everything else to its default; and
 * the two that glibc has for itself, which its posix_spawn would have the child ignore. To name every signal would cost each child sixty calls.
 */
function signalsToReset(): Buffer {
  const set = Buffer.alloc(128);
  const ignored = /^SigIgn:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1];
  set.writeBigUInt64LE(BigInt(`0x${ignored ?? 'f'.repeat(16)}`) | GLIBC_SIGNALS);
  return set;
}
