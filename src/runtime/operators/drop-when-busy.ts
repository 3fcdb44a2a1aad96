import { defer, filter, finalize, mergeMap, type ObservableInput, type OperatorFunction } from 'rxjs';

/**
 * For work that is slower than what it works on: takes a value, works on it with `project`, and drops every value that comes meanwhile. What
 * `project` gives is passed on; it is told how many values were dropped since the one before. `onEnd` is told at the end, whichever way it
 * comes, how many were dropped in all.
 *
 * Nothing in the engine drops output by itself. A subscriber that blocks makes the process wait on its pipe; one whose work is asynchronous does
 * not block, and what it has not come to yet gathers in memory. This is how to lose some of it on purpose.
 *
 * An error of `project` goes to the subscriber, as with RxJS's `exhaustMap`.
 */
export function dropWhenBusy<T, R>(
  project: (value: T, dropped: number) => ObservableInput<R>,
  onEnd: (droppedInAll: number) => void = () => {},
): OperatorFunction<T, R> {
  return (source$) =>
    defer(() => {
      let busy = false;
      let dropped = 0;
      let droppedInAll = 0;
      return source$.pipe(
        filter(() => {
          if (!busy) return true;
          dropped++;
          droppedInAll++;
          return false;
        }),
        mergeMap((value) => {
          busy = true;
          const since = dropped;
          dropped = 0;
          const done = () => {
            busy = false;
          };
          return defer(() => project(value, since)).pipe(finalize(done));
        }),
        finalize(() => onEnd(droppedInAll)),
      );
    });
}
