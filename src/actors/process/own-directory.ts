/** The app's working directory, which may change; `null` where it has been removed. */
export function ownDirectory(): string | null {
  try {
    return process.cwd();
  } catch {
    return null;
  }
}

/**
 * What to start a process with that shall work in `directory`: nothing, if that is where we are, for then the system has it even when it was
 * moved or removed.
 */
export function startedIn(directory: string | null): string | undefined {
  return directory === null || directory === ownDirectory() ? undefined : directory;
}
