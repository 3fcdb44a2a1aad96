import type { ExecutionResult } from '../../index.js';
import { TAIL_LINES } from '../view/progress.js';

/** The last lines of what a command wrote, where nobody has followed it: of its errors, or if there are none, of its output. */
export function tailOfResult({ stdout, stderr }: ExecutionResult): string[] {
  const text = (stderr.trim() === '' ? stdout : stderr).replace(/\n$/, '');
  return text === '' ? [] : text.split('\n').slice(-TAIL_LINES);
}
