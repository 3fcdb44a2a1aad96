/** Counts those inside, and tells when there is room for another and when all have left. */
export class Gate {
  #inside = 0;
  #notify: (() => void) | null = null;

  constructor(private readonly limit: number) {}

  enter(): void {
    this.#inside++;
  }

  leave(): void {
    this.#inside--;
    this.#notify?.();
  }

  get full(): boolean {
    return this.#inside >= this.limit;
  }

  /** One waits at a time. */
  room(): Promise<void> {
    return this.#until(() => !this.full);
  }

  empty(): Promise<void> {
    return this.#until(() => this.#inside === 0);
  }

  #until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#notify = () => {
        if (!condition()) return;
        this.#notify = null;
        resolve();
      };
      this.#notify();
    });
  }
}
