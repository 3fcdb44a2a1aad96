import type { ExecutionEvent } from 'execrx';
import type { Observable } from 'rxjs';

/** Everything a stream has emitted so far, and how it ended. */
export interface Collected<T> {
  readonly values: T[];
  readonly completed: boolean;
  readonly errored: boolean;
  /** Resolves when the stream completes; rejects when it errors. */
  readonly done: Promise<T[]>;
  unsubscribe(): void;
}

export function collect<T>(source: Observable<T>): Collected<T> {
  const values: T[] = [];
  const state = { completed: false, errored: false };
  let settle: { resolve(all: T[]): void; reject(error: unknown): void };
  const done = new Promise<T[]>((resolve, reject) => {
    settle = { resolve, reject };
  });
  done.catch(() => {}); // whoever awaits it sees the error
  const subscription = source.subscribe({
    next: (value) => values.push(value),
    error: (error: unknown) => {
      state.errored = true;
      settle.reject(error);
    },
    complete: () => {
      state.completed = true;
      settle.resolve(values);
    },
  });
  return {
    values,
    done,
    get completed() {
      return state.completed;
    },
    get errored() {
      return state.errored;
    },
    unsubscribe: () => subscription.unsubscribe(),
  };
}

export function typesOf(events: readonly ExecutionEvent[]): string[] {
  return events.map(({ type }) => type);
}

/** The events of one type, typed as such. */
export function ofType<T extends ExecutionEvent['type']>(
  events: readonly ExecutionEvent[],
  type: T,
): Array<Extract<ExecutionEvent, { type: T }>> {
  return events.filter((event): event is Extract<ExecutionEvent, { type: T }> => event.type === type);
}
