/** Delivered bytes one attempt may have under way before it stops reading its process. */
const ATTEMPT_BYTES = 1_048_576;
/** The same for all attempts of the worker together. Four times as much is no faster, and the app's loop is held up for longer. */
const WORKER_BYTES = 4_194_304;
/** So much is no flood. */
const MODEST_BYTES = 65_536;

/** What one attempt has under way to the main thread. */
export interface CreditAccount {
  /** The attempt may not read on until `resume` is called. */
  readonly exhausted: boolean;
  charge(bytes: number): void;
  credit(bytes: number): void;
  /** The attempt has ended and reads no more; what it owes is paid with `creditEnded`. */
  close(): void;
}

/**
 * Backpressure across the thread border. RxJS has none and neither has a message port, so bytes sent are debts until the main thread
 * says its subscribers have had them. An attempt in debt stops reading; its process then blocks on its pipe, and memory stays flat.
 */
export class CreditWindow {
  #total = 0;
  readonly #exhausted = new Set<Account>();

  open(onPause: () => void, onResume: () => void): CreditAccount {
    return new Account(this, onPause, onResume);
  }

  /** Bytes of an attempt that has ended meanwhile. */
  creditEnded(bytes: number): void {
    this.add(-bytes);
  }

  /** Whether all together have too much under way, and this much is part of the reason: who says little is never held up by those who do not. */
  crowdedBy(debt: number): boolean {
    return this.#total > WORKER_BYTES && debt > MODEST_BYTES;
  }

  add(bytes: number): void {
    this.#total += bytes;
    if (bytes > 0 || this.#total > WORKER_BYTES / 2) return;
    for (const account of [...this.#exhausted]) account.resumeIfPaid();
  }

  setExhausted(account: Account, exhausted: boolean): void {
    if (exhausted) this.#exhausted.add(account);
    else this.#exhausted.delete(account);
  }
}

class Account implements CreditAccount {
  #debt = 0;
  #closed = false;
  exhausted = false;

  constructor(
    private readonly window: CreditWindow,
    private readonly onPause: () => void,
    private readonly onResume: () => void,
  ) {}

  charge(bytes: number): void {
    this.#debt += bytes;
    this.window.add(bytes);
    if (this.#closed || (this.#debt <= ATTEMPT_BYTES && !this.window.crowdedBy(this.#debt))) return;
    this.#setExhausted(true);
    this.onPause(); // also when it is paused: Node resumes the streams of a process that exits
  }

  credit(bytes: number): void {
    this.#debt -= bytes;
    this.window.add(-bytes);
    this.resumeIfPaid();
  }

  close(): void {
    this.#closed = true;
    this.#setExhausted(false);
  }

  resumeIfPaid(): void {
    if (!this.exhausted || this.#debt > ATTEMPT_BYTES / 2 || this.window.crowdedBy(this.#debt)) return;
    this.#setExhausted(false);
    this.onResume();
  }

  #setExhausted(exhausted: boolean): void {
    this.exhausted = exhausted;
    this.window.setExhausted(this, exhausted);
  }
}
