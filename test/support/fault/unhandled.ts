import { config } from 'rxjs';

/** Collects what reaches RxJS's hook for errors that no subscriber handles, for as long as `body` runs. */
export async function collectUnhandled(body: (errors: unknown[]) => Promise<void>): Promise<void> {
  const before = config.onUnhandledError;
  const errors: unknown[] = [];
  config.onUnhandledError = (error) => errors.push(error);
  try {
    await body(errors);
    await new Promise((resolve) => setTimeout(resolve)); // RxJS reports in a timer; this one comes after those
  } finally {
    config.onUnhandledError = before;
  }
}
