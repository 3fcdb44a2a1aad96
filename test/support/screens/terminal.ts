import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../eventually.js';

export interface TerminalSize {
  columns: number;
  rows: number;
}

/** A terminal in which one program runs, and after it nothing: its screen stays. */
export interface Terminal {
  /** The rows of the screen, without the spaces at their ends and the empty rows at the end. */
  screen(): string[];
  /** The same with its colours. */
  colouredScreen(): string;
  /** Waits until the screen is as wanted, and returns it. */
  untilScreen(what: string, isIt: (screen: string[]) => boolean): Promise<string[]>;
  cursorIsVisible(): boolean;
  resize(size: TerminalSize): void;
  /** Keys as tmux names them: `C-c`. */
  press(key: string): void;
}

/** What the terminal shows once the program has ended, with its exit code. */
export const ENDED = /^ended with (\d+)$/;

/**
 * Call inside `describe`. What it returns opens a terminal that is closed after the test. Fails, and says what to install, where there is no
 * tmux.
 */
export function useTerminals(): (
  size: TerminalSize,
  program: readonly string[],
  env?: Record<string, string>,
) => Terminal {
  const directories: string[] = [];
  afterEach(() => {
    for (const directory of directories.splice(0)) {
      tmux(join(directory, 'socket'), 'kill-server');
      rmSync(directory, { recursive: true });
    }
  });
  return ({ columns, rows }, program, env = {}) => {
    const directory = mkdtempSync(join(tmpdir(), 'execrx-test-'));
    const socket = join(directory, 'socket');
    const configuration = join(directory, 'tmux.conf');
    writeFileSync(configuration, 'set -g status off\nset -g default-terminal screen-256color\n');
    const words = program.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
    const variables = Object.entries({ LC_ALL: 'C.UTF-8', CI: '', ...env }).flatMap((entry) => ['-e', entry.join('=')]);
    const size = ['-x', String(columns), '-y', String(rows)];
    const script = `trap : INT; ${words}; printf 'ended with %s\\n' $?; exec sleep 1000`;
    tmux(socket, '-u', '-f', configuration, 'new-session', '-d', ...size, ...variables, 'sh', '-c', script);
    directories.push(directory);
    return terminalOn(socket);
  };
}

function terminalOn(socket: string): Terminal {
  const screen = () =>
    tmux(socket, 'capture-pane', '-p')
      .trimEnd()
      .split('\n')
      .map((row) => row.trimEnd());
  return {
    screen,
    colouredScreen: () => tmux(socket, 'capture-pane', '-p', '-e'),
    async untilScreen(what, isIt) {
      let last: string[] = [];
      const seen = () => {
        last = screen();
        return isIt(last) && last;
      };
      return eventually(what, seen, 20_000).catch((error: Error) => {
        throw new Error(`${error.message}; the screen:\n${last.join('\n')}`);
      });
    },
    cursorIsVisible: () => tmux(socket, 'display-message', '-p', '#{cursor_flag}').trim() === '1',
    resize: ({ columns, rows }) => void tmux(socket, 'resize-window', '-x', String(columns), '-y', String(rows)),
    press: (key) => void tmux(socket, 'send-keys', key),
  };
}

function tmux(socket: string, ...args: string[]): string {
  try {
    return execFileSync('tmux', ['-S', socket, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Error('No tmux on the PATH. Install it (Debian: apt-get install tmux).');
  }
}
