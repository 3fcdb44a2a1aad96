const MS_PER_UNIT = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;
/** The longest delay a Node timer takes, about 24.8 days. */
export const LONGEST_MS = 2_147_483_647;

/** `1500ms`, `30s`, `5m`, `1.5h`, or a number of seconds, as milliseconds; `null` for anything else and for what no timer can hold. */
export function parseDuration(text: string): number | null {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  if (number === undefined) return null;
  const ms = Math.round(Number(number) * MS_PER_UNIT[unit as keyof typeof MS_PER_UNIT]);
  return ms >= 1 && ms <= LONGEST_MS ? ms : null;
}
