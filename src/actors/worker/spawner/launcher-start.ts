import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Duplex, PassThrough } from 'node:stream';
import { startedIn } from '../../process/own-directory.js';
import { ownUser } from '../../process/own-user.js';
import type { Surroundings } from '../../protocol/wire.js';

const ENTRY = createRequire(import.meta.url).resolve('#launcher');
const CHANNEL_FD = 3;
/**
 * What the launcher itself needs to start. Not the rest of the app's environment: it may hold secrets, and Node's own variables would make
 * the launcher listen, report or load something. Children get theirs with each request.
 */
const NEEDED_VARIABLES = ['PATH', 'LD_LIBRARY_PATH'];

/** A launcher that loads, and has not been heard yet. */
export interface StartedLauncher {
  readonly child: ChildProcess;
  /** A socket pair inherited at its start, without a name anywhere. */
  readonly channel: Duplex;
  /** It could not be started in the directory of its surroundings, for that is gone. */
  readonly astray: boolean;
  /** Whom the app ran as; see `ownUser`. */
  readonly user: string;
  /** How it ended, once it is reaped; also when it could not be started. */
  readonly exited: Promise<string>;
}

/** No options of V8's for the launcher: with any of them, Node compiles its own modules anew instead of taking them from its cache, 8 ms. */
export function startLauncher({ environment, directory }: Surroundings): StartedLauncher {
  const needed = Object.entries(environment).filter(([name]) => NEEDED_VARIABLES.includes(name));
  const user = ownUser();
  const cwd = startedIn(directory);
  const astray = cwd !== undefined && !existsSync(cwd);
  const child = spawn(process.execPath, [ENTRY], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    detached: true, // a session of its own: a terminal's Ctrl-C is not for it
    env: { ...Object.fromEntries(needed), ELECTRON_RUN_AS_NODE: '1' },
    cwd: astray ? '/' : cwd,
  });
  const exited = new Promise<string>((resolve) => {
    child.once('error', ({ message }) => resolve(message));
    child.once('exit', (code, signal) => resolve(signal ? `killed by ${signal}` : `exit code ${code}`));
  });
  // Out of descriptors, Node makes a child without streams and tells why later.
  const channel = (child.stdio?.[CHANNEL_FD] as Duplex | undefined) ?? new PassThrough().destroy();
  channel.on('error', () => {}); // 'close' follows
  return { child, channel, astray, user, exited };
}

let early: StartedLauncher | null = null;

/** Before anybody asks for it: `takeLauncher` will find it. */
export function startLauncherEarly(surroundings: Surroundings): void {
  early = startLauncher(surroundings);
}

/** The one that was started early, if nobody has it yet; or a new one. */
export function takeLauncher(surroundings: Surroundings): StartedLauncher {
  const launcher = early ?? startLauncher(surroundings);
  early = null;
  return launcher;
}
