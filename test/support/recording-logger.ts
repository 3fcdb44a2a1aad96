import type { Logger } from '#lib/actors/protocol/config.js';

type Level = keyof Logger;

/** A logger that keeps what it is told. */
export class RecordingLogger implements Logger {
  readonly entries: Array<{ level: Level; details: object; message: string }> = [];
  readonly debug = this.#keep('debug');
  readonly info = this.#keep('info');
  readonly warn = this.#keep('warn');
  readonly error = this.#keep('error');

  #keep(level: Level): Logger[Level] {
    return (details, message) => this.entries.push({ level, details, message });
  }
}
