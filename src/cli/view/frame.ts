import { clock } from '../text/clock.js';
import type { Colours } from '../text/colours.js';
import { oneLine } from '../text/one-line.js';
import { cut, pad, widthOf } from '../text/width.js';
import type { Glyphs } from './glyphs.js';
import type { Progress, RunningCommand } from './progress.js';
import { remainingMs } from './remaining.js';

export interface Look {
  colours: Colours;
  glyphs: Glyphs;
}

const SPINNER_STEP_MS = 100;
const LONGEST_BAR = 40;
const SHORTEST_BAR = 5;
/** Of an overlong line, more than any terminal shows. */
const LINE_LENGTH = 1_000;

/** The screen at one moment: a row per running command, as many as fit, and below them the whole. No row is wider than `width`. */
export function frame(progress: Progress, look: Look, width: number, height: number, now: number): string[] {
  const room = Math.max(0, height - 3);
  const running = [...progress.running.values()];
  const shown = running.length <= room ? running : running.slice(0, Math.max(0, room - 1));
  const labelWidth = Math.min(Math.floor(width * 0.4), Math.max(0, ...shown.map(({ label }) => widthOf(label))));
  const rows = shown.map((command) => row(command, look, labelWidth, now));
  const hidden = running.length - shown.length;
  if (hidden > 0 && room > 0) rows.push(look.colours.faint(`and ${hidden} more`));
  rows.push(bar(progress, look, width, now));
  if (progress.interrupted && height > 2)
    rows.push('Interrupted: waiting for commands to end. Ctrl-C again kills them.');
  return rows.map((text) => cut(text, width));
}

function row({ label, startedAt, waitsForRetry, tail }: RunningCommand, look: Look, labelWidth: number, now: number) {
  const { colours, glyphs } = look;
  const step = Math.floor(now / SPINNER_STEP_MS) % glyphs.spinner.length;
  const glyph = waitsForRetry ? glyphs.waiting : (glyphs.spinner[step] ?? '');
  const line = waitsForRetry ? 'will be tried again' : oneLine((tail.at(-1) ?? '').slice(-LINE_LENGTH));
  return `${glyph} ${colours.strong(pad(label, labelWidth))} ${clock(now - startedAt)}  ${colours.faint(line)}`;
}

/** What matters less goes first where there is no room. */
function bar(progress: Progress, { colours, glyphs }: Look, width: number, now: number): string {
  const { total, done, failed, cancelled, startedAt } = progress;
  const count = total === null ? `${done} done` : `${done}/${total}`;
  const parts = [count];
  if (failed > 0) parts.push(colours.bad(`${failed} failed`));
  if (cancelled > 0) parts.push(`${cancelled} cancelled`);
  parts.push(clock(now - startedAt));
  if (total !== null && done < total) {
    const rest = remainingMs(progress, now);
    parts.push(rest === null ? '--:-- left' : `about ${clock(Math.ceil(rest / 1_000) * 1_000)} left`);
  }
  while (parts.length > 1 && widthOf(parts.join(', ')) > width) parts.pop();
  const text = parts.join(', ');
  const room = Math.min(LONGEST_BAR, width - widthOf(text) - 1);
  if (total === null || room < SHORTEST_BAR) return text;
  const full = total === 0 ? room : Math.floor((done / total) * room);
  return `${glyphs.full.repeat(full)}${colours.faint(glyphs.empty.repeat(room - full))} ${text}`;
}
