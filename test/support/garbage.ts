import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { eventually } from './eventually.js';

/** Resolves when nothing holds the object any more; rejects after a while when something does. */
export async function collected(object: WeakRef<object>): Promise<void> {
  setFlagsFromString('--expose_gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  await eventually('the object is collected', () => {
    collectGarbage();
    return object.deref() === undefined;
  });
}
