import { opendir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** `<uuid>.log`, `.stdout`, `.stderr`: what an engine writes, and nothing else in the directory. */
const OURS = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(?:log|stdout|stderr)$/i;

/**
 * Removes logs that were last written before `olderThanMs` (since the epoch), unless `inUse` says their execution still runs. Returns how
 * many went. A file that cannot be looked at or removed is left for the next sweep; another engine may have been faster.
 */
export async function sweepLogs(
  directory: string,
  olderThanMs: number,
  inUse: (executionId: string) => boolean,
): Promise<number> {
  let removed = 0;
  for await (const entry of await opendir(directory)) {
    const executionId = OURS.exec(entry.name)?.[1];
    if (!entry.isFile() || executionId === undefined || inUse(executionId)) continue;
    const path = join(directory, entry.name);
    try {
      if ((await stat(path)).mtimeMs >= olderThanMs) continue;
      await unlink(path);
      removed++;
    } catch {}
  }
  return removed;
}
