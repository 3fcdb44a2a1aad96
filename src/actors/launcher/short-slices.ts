import { arch, getPriority } from 'node:os';
import { ffi } from './koffi.js';

/** sched_setattr(2) has no function in every C library. Its numbers are those of the kernel's system call tables. */
const SCHED_SETATTR: Readonly<Record<string, number>> = { x64: 314, arm64: 274, riscv64: 274, loong64: 274 };
const SCHED_ATTR_BYTES = 48;
const SCHED_OTHER = 0;
const SCHED_FLAG_RESET_ON_FORK = 0x01n;
/** The shortest that Linux grants. */
const SLICE_NS = 100_000n;

const libc = ffi.load(null);
const syscall = libc.func('long syscall(long number, long pid, void *attributes, ulong flags)');
const policyOf = libc.func('int sched_getscheduler(int pid)');

/**
 * Asks for short slices of processor time: a thread that wants little at a time is let in sooner, from Linux 6.12 on, and while the launcher waits
 * nothing is started. Older kernels take no notice. It needs no privilege and takes nothing from others, for the share stays the same. Children
 * have slices of the usual length; with that they would lose a nice value below zero, so it is left alone then, as under a policy of its own.
 */
export function askForShortSlices(): void {
  const number = SCHED_SETATTR[arch()];
  const nice = getPriority();
  if (number === undefined || nice < 0 || policyOf(0) !== SCHED_OTHER) return;
  const attributes = Buffer.alloc(SCHED_ATTR_BYTES);
  attributes.writeUInt32LE(SCHED_ATTR_BYTES, 0);
  attributes.writeUInt32LE(SCHED_OTHER, 4);
  attributes.writeBigUInt64LE(SCHED_FLAG_RESET_ON_FORK, 8);
  attributes.writeInt32LE(nice, 16);
  attributes.writeBigUInt64LE(SLICE_NS, 24);
  syscall(number, 0, attributes, 0); // a sandbox may refuse it, and nothing depends on it
}
