import { accessSync, chmodSync, constants, lstatSync, statSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { makeDirectory } from '../../actors/process/make-directory.js';
import { ConfigurationError } from '../../actors/protocol/errors.js';

export function defaultLogDir(): string {
  return join(tmpdir(), `execrx-${process.getuid?.() ?? userInfo().username}`);
}

/**
 * Makes the log directory with mode 0700, or makes sure that the one that is there is a directory of this user's own that can be written
 * to. The default one lies in a place everyone can write to, so it must not be a symbolic link and is closed to others again. One that the app
 * chose keeps its mode, but for leave to everyone to write.
 * @throws {ConfigurationError}
 */
export function prepareLogDir(path: string): void {
  const isDefault = path === defaultLogDir();
  try {
    makeDirectory(path);
    const stats = isDefault ? lstatSync(path) : statSync(path);
    if (!stats.isDirectory()) throw refusal(path, 'a directory', 'something else');
    const uid = process.getuid?.();
    if (uid !== undefined && stats.uid !== uid) {
      throw refusal(path, `a directory owned by this user (uid ${uid})`, `one owned by uid ${stats.uid}`);
    }
    const mode = stats.mode & 0o7777;
    const wanted = isDefault ? 0o700 : withoutStrangers(mode);
    if (mode !== wanted) chmodSync(path, wanted);
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    throw refusal(path, 'a directory that can be made and written to', detail, error);
  }
}

/** Where anyone may write, anyone may put a link in the place of a log, unless the sticky bit keeps names to their owners. */
function withoutStrangers(mode: number): number {
  const anyoneMayReplace = (mode & 0o002) !== 0 && (mode & 0o1000) === 0;
  return anyoneMayReplace ? mode & 0o755 : mode;
}

function refusal(path: string, expected: string, received: string, cause?: unknown): ConfigurationError {
  return new ConfigurationError([{ path: 'logDir', expected, received: `${received} at ${path}` }], { cause });
}
