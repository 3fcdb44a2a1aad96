import { config } from 'rxjs';

export interface UnhandledErrors {
  readonly messages: string[];
  readonly errors: unknown[];
  /** The call stacks in which they were reported. */
  readonly stacks: string[];
}

/** Call inside `describe`. What it returns holds what RxJS reports as unhandled in the test that runs. */
export function useUnhandledErrors(): UnhandledErrors {
  const unhandled: UnhandledErrors = { messages: [], errors: [], stacks: [] };
  beforeEach(() => {
    for (const list of Object.values(unhandled)) list.length = 0;
    config.onUnhandledError = (error: unknown) => {
      unhandled.errors.push(error);
      unhandled.messages.push(error instanceof Error ? error.message : String(error));
      unhandled.stacks.push(new Error('reported here').stack ?? '');
    };
  });
  afterEach(() => {
    config.onUnhandledError = null;
  });
  return unhandled;
}
