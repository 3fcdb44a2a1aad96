import type { Duplex } from 'node:stream';

/** A line longer than this is not ours: the system takes 2 MiB of arguments and environment, six times that when escaped. */
const MAX_LINE_LENGTH = 33_554_432;

/** So many messages do not wait for the end of the turn, nor do so many characters. */
const FULL_LINE = 16;
const FULL_LINE_LENGTH = 1_048_576;

export interface JsonLinesListener {
  onMessage(message: unknown): void;
  /** A line that is not a JSON array, or has no end. */
  onGarbage(reason: string): void;
}

/** Messages over a byte stream: each turn's messages travel as one line that holds an array. */
export class JsonLines {
  #rest = '';
  /** The JSON of each message. */
  #outgoing: string[] = [];
  #outgoingLength = 0;

  constructor(
    private readonly stream: Duplex,
    private readonly listener: JsonLinesListener,
  ) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => this.#push(text));
  }

  /** Sent at the end of the turn, when enough have gathered, or with `flush`. */
  send(message: unknown): void {
    const json = JSON.stringify(message);
    const count = this.#outgoing.push(json);
    this.#outgoingLength += json.length;
    if (count >= FULL_LINE || this.#outgoingLength >= FULL_LINE_LENGTH) this.flush();
    else if (count === 1) setImmediate(() => this.flush());
  }

  flush(): void {
    if (this.#outgoing.length === 0) return;
    const line = `[${this.#outgoing.join(',')}]\n`;
    this.#outgoing = [];
    this.#outgoingLength = 0;
    if (this.stream.writable) this.stream.write(line);
  }

  #push(text: string): void {
    // The rest is not looked at again before its end comes: a long line would cost the square of its length.
    const [end = '', ...lines] = text.split('\n');
    this.#rest += end;
    if (lines.length > 0) {
      const line = this.#rest;
      this.#rest = lines.pop() ?? '';
      for (const whole of [line, ...lines]) this.#line(whole);
    }
    if (this.#rest.length <= MAX_LINE_LENGTH) return;
    this.#rest = '';
    this.listener.onGarbage(`a line of more than ${MAX_LINE_LENGTH} characters`);
  }

  #line(line: string): void {
    let messages: unknown;
    try {
      messages = JSON.parse(line);
    } catch {
      return this.listener.onGarbage('a line that is not JSON');
    }
    if (!Array.isArray(messages)) return this.listener.onGarbage('a line that is not an array');
    for (const message of messages) this.listener.onMessage(message);
  }
}
