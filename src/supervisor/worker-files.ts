/** What a worker thread loads. */
export interface WorkerFiles {
  entry: URL;
  /** Loaded before everything else; `null`: nothing is. */
  preload: URL | null;
}
