import { Mailbox } from './mailbox.js';

/** How long an actor may hold the thread, in one go of the event loop, before it lets others run. */
const TURN_MS = 4;

/**
 * An actor: private state, a mailbox, one message at a time.
 *
 * `tell` never runs the receiver in the caller's stack; messages are handled in a microtask, in turns of a few milliseconds.
 * `settle` runs before each message and after the last: whatever the previous message gave rise to is seen by everyone before
 * the state moves on.
 */
export abstract class Actor<Message> {
  readonly #mailbox = new Mailbox<Message>();
  #scheduled = false;
  #stopped = false;
  #deadlineMs: number | null = null;

  tell(message: Message): void {
    if (this.#stopped) return this.onDeadLetter(message, 'the actor has stopped');
    this.#mailbox.put(message);
    this.wake();
  }

  /** Ahead of every ordinary message. */
  tellControl(message: Message): void {
    if (this.#stopped) return this.onDeadLetter(message, 'the actor has stopped');
    this.#mailbox.putControl(message);
    this.wake();
  }

  protected abstract receive(message: Message): void;

  protected settle(): void {}

  /** A message that reached no one. */
  protected abstract onDeadLetter(message: Message, reason: string): void;

  /** A bug: `receive` threw. The actor goes on with the next message. */
  protected abstract onFailure(error: unknown, message: Message): void;

  /** Makes sure a turn comes, also when there is no message but something to settle. */
  protected wake(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(this.#turn);
  }

  /** Ends the actor: what is in the mailbox and all that comes later are dead letters. */
  protected terminate(): void {
    this.#stopped = true;
    for (let message = this.#mailbox.take(); message !== undefined; message = this.#mailbox.take()) {
      this.onDeadLetter(message, 'the actor has stopped');
    }
  }

  readonly #turn = (): void => {
    const deadline = this.#deadline();
    if (performance.now() > deadline) {
      setImmediate(this.#turn);
      return;
    }
    this.settle();
    for (let message = this.#mailbox.take(); message !== undefined; message = this.#mailbox.take()) {
      try {
        this.receive(message);
      } catch (error) {
        this.onFailure(error, message);
      }
      this.settle();
      if (performance.now() > deadline && this.#mailbox.length > 0) {
        setImmediate(this.#turn);
        return;
      }
    }
    this.#scheduled = false;
  };

  /** One for all the turns of one go of the event loop: each message of a port makes for a turn, and a hundred may come in a row. */
  #deadline(): number {
    if (this.#deadlineMs === null) {
      this.#deadlineMs = performance.now() + TURN_MS;
      setImmediate(() => {
        this.#deadlineMs = null;
      }).unref();
    }
    return this.#deadlineMs;
  }
}
