import { wavesOf } from '../graph/waves.js';

export interface CriticalPath {
  /** Places in the plan, each a dependency of the next. Empty when nothing ran. */
  commands: number[];
  /** The sum of their run times. */
  durationMs: number;
}

/** The chain of dependencies whose commands ran longest in all: however many run at once, the plan takes no less. */
export function criticalPath(
  dependencies: readonly (readonly number[])[],
  durationsMs: readonly number[],
): CriticalPath {
  // To the end of each command, along the longest way there.
  const reachedMs = durationsMs.map(() => 0);
  const before = durationsMs.map(() => -1);
  let last = -1;
  for (const index of wavesOf(dependencies).flat()) {
    const way = (dependencies[index] ?? []).reduce(
      (longest, dependency) => (at(reachedMs, dependency) > at(reachedMs, longest) ? dependency : longest),
      -1,
    );
    before[index] = way;
    reachedMs[index] = at(reachedMs, way) + at(durationsMs, index);
    if (at(reachedMs, index) > at(reachedMs, last)) last = index;
  }
  const commands: number[] = [];
  for (let index = last; index >= 0; index = before[index] ?? -1) commands.push(index);
  return { commands: commands.reverse(), durationMs: at(reachedMs, last) };
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0;
}
