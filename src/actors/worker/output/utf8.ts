/**
 * Where to cut `bytes` at or before `end` so that no character is split: 0 to 3 bytes before `end`. Bytes that are not UTF-8 are
 * cut where asked. See RFC 3629, section 3, for the shapes of lead and continuation bytes.
 */
export function characterBoundary(bytes: Uint8Array, end: number): number {
  for (let back = 1; back <= 3 && back <= end; back++) {
    const byte = bytes[end - back] as number;
    if (byte < 0x80) return end;
    if (byte >= 0xc0) return back < sequenceLength(byte) ? end - back : end;
  }
  return end;
}

function sequenceLength(lead: number): number {
  if (lead >= 0xf0) return 4;
  return lead >= 0xe0 ? 3 : 2;
}
