import type { Measured } from './measure.js';
import type { Question, Target } from './question.js';

/** What became of one bound. */
export interface Verdict {
  target: string;
  /** The figure, or its ratio to the peer's. */
  measured: number;
  met: boolean;
  /** A bound against a peer of the same run holds on any machine; one on the figure itself depends on the machine. */
  isRatio: boolean;
  /** Misses by so much that noise does not explain it. */
  farOff: boolean;
}

/** How far a noisy machine may take a ratio from its bound. */
const TOLERANCE = 1 / 3;

export function verdictsOf(question: Question, measured: Measured): Verdict[] {
  return question.targets.map((target) => {
    const ours = target.of ?? question.contestants[0]?.name ?? '';
    const median = (name: string) => measured[name]?.[target.figure]?.median ?? Number.NaN;
    const value = median(ours) / (target.against === undefined ? 1 : median(target.against));
    const { atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY } = target;
    return {
      target: describe(target),
      measured: value,
      met: value >= atLeast && value <= atMost,
      isRatio: target.against !== undefined,
      farOff: !(value >= atLeast * (1 - TOLERANCE) && value <= atMost * (1 + TOLERANCE)),
    };
  });
}

function describe({ figure, of, against, atLeast, atMost }: Target): string {
  const bound = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`;
  return `${of ? `${of}: ` : ''}${figure} ${bound}${against === undefined ? '' : ` x ${against}`}`;
}
