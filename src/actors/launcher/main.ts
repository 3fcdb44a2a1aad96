/**
 * The launcher: a process of its own, started by a worker thread. Why a process: Node starts children with a plain fork, which copies the page
 * tables of the whole app; this process is small and uses posix_spawn, which copies nothing. And it owns its children: when its channel closes,
 * for whatever reason, the app is gone, and so is everything it started.
 *
 * Loads nothing but Node's own modules and koffi.
 */
import { closeSync, openSync, readdirSync } from 'node:fs';
import { Socket } from 'node:net';
import { JsonLines } from '../kernel/json-lines.js';
import { isLauncherRequest, type LauncherReply } from '../protocol/launcher-wire.js';

/** The worker's end of this socket pair is the only other one there is. */
const CHANNEL_FD = 3;
const STDIN_FD = 0;

const channel = new Socket({ fd: CHANNEL_FD, readable: true, writable: true });

async function main(): Promise<void> {
  const systemCalls = await import('./system-calls.js');
  const { Launcher } = await import('./launcher.js');
  const { askForShortSlices } = await import('./short-slices.js');
  const { endEverything } = await import('./end-everything.js');

  for (const fd of readdirSync('/proc/self/fd').map(Number)) if (fd > 2) systemCalls.closeOnExec(fd);
  systemCalls.keepOnExec(openNothing());
  systemCalls.becomeSubreaper();
  askForShortSlices();

  const lines = new JsonLines(channel, {
    onMessage: (message) => {
      if (isLauncherRequest(message)) launcher.handle(message);
      else notice('refused a message that is no request');
    },
    onGarbage: (reason) => notice(`refused ${reason}`),
  });
  const tell = (reply: LauncherReply) => lines.send(reply);
  const notice = (message: string) => tell({ type: 'notice', message });
  const launcher = new Launcher(tell);

  const leave = (code: number): never => {
    endEverything(launcher);
    process.exit(code);
  };
  process.on('SIGCHLD', () => launcher.reapAll());
  // Whoever stops the app stops us by closing the channel; a signal to the whole group must not come first.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  process.on('uncaughtException', (error) => {
    notice(`failed: ${error.message}`);
    lines.flush();
    leave(1);
  });
  channel.on('error', () => {}); // 'close' follows
  channel.on('end', () => leave(0));
  channel.on('close', () => leave(0));
  tell({ type: 'ready' });
}

/** Our standard input becomes that of every child that is given none: at its end, and not to be written to. */
function openNothing(): number {
  closeSync(STDIN_FD);
  return openSync('/dev/null', 'r'); // the lowest descriptor that is free
}

main().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  const reply: LauncherReply = { type: 'unable', reason };
  channel.end(`${JSON.stringify([reply])}\n`, () => process.exit(1));
});
