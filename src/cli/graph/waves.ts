/**
 * The commands in waves: the first depends on nothing, and each other one on something in the wave before and on nothing later. Within a
 * wave in the order of the plan. One after the other they are a topological order. The dependencies must have no cycle.
 */
export function wavesOf(dependencies: readonly (readonly number[])[]): number[][] {
  const waiting = dependencies.map(({ length }) => length);
  const dependants = dependencies.map((): number[] => []);
  for (const [index, needed] of dependencies.entries()) {
    for (const dependency of needed) dependants[dependency]?.push(index);
  }
  const waves: number[][] = [];
  let wave = [...waiting.keys()].filter((index) => waiting[index] === 0);
  while (wave.length > 0) {
    waves.push(wave);
    const next: number[] = [];
    for (const dependant of wave.flatMap((index) => dependants[index] ?? [])) {
      const left = (waiting[dependant] ?? 0) - 1;
      waiting[dependant] = left;
      if (left === 0) next.push(dependant);
    }
    wave = next.sort((one, other) => one - other);
  }
  return waves;
}
