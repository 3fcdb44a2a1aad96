/** Work that was admitted as a whole and is submitted piece by piece. Until it is over the engine has something to do. */
export interface Undertaking {
  /** Submit nothing more, and end what runs. */
  cancel(reason: string): void;
  /** The same, because the engine stops. */
  engineStopped(): void;
}
