/** What one process measured: figures by name, each with its unit in the name. */
export type Figures = Record<string, number>;

/** A program that measures one way of doing the job and prints its figures as one line of JSON. */
export interface Contestant {
  name: string;
  /** Compiled file under `contestants/`, without its ending. */
  file: string;
  args?: readonly string[];
}

/** A bound that figures of ours are held to. */
export interface Target {
  figure: string;
  /** Which contestant is meant. @default the first */
  of?: string;
  /** Against a peer's median of the same figure; without one the figure itself is meant. */
  against?: string;
  atLeast?: number;
  atMost?: number;
}

/** One thing worth knowing. The first contestant is ours. */
export interface Question {
  title: string;
  contestants: readonly Contestant[];
  targets: readonly Target[];
  /** Takes long, and tells as much in few rounds. */
  atMostRounds?: number | undefined;
  /** The same where all questions are asked, which is to take less than five minutes. */
  roundsInSuite?: number;
  /** What the first contestant is given with `--long`. */
  long?: { args: readonly string[] };
}
