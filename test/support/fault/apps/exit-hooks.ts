/** Prints how many listeners the process has that an engine may have added: before, while and after two engines live. */
import { createEngine, exec } from 'execrx';

const count = () => ['exit', 'SIGTERM', 'SIGINT', 'SIGHUP'].map((name) => process.listenerCount(name)).join(' ');
const counts = [count()];
const engines = [createEngine({ logOutput: false }), createEngine({ logOutput: false })];
for (const engine of engines) await engine.run({ command: exec('true') });
counts.push(count());
await engines[0]?.stop();
counts.push(count());
await engines[1]?.stop();
counts.push(count());
console.log(JSON.stringify(counts));
