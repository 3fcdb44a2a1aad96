import { describeExit } from './aspects/exit.js';
import { describeInput } from './aspects/input.js';
import { describeLedger } from './aspects/ledger.js';
import { describeOutput } from './aspects/output.js';
import { describeProcess } from './aspects/process.js';
import { describeProgram } from './aspects/program.js';
import { describeRefusals } from './aspects/refusals.js';
import { type MakeSpawner, useSpawner } from './spawner-under-test.js';

/** What every way of starting processes must do, tested on real ones. A suite per spawner runs it. */
export function describeSpawner(name: string, make: MakeSpawner): void {
  describe(`${name} (spawner contract)`, () => {
    const under = useSpawner(make);
    describeProgram(under);
    describeInput(under);
    describeOutput(under);
    describeExit(under);
    describeProcess(under);
    describeRefusals(under);
    describeLedger(under);
  });
}
