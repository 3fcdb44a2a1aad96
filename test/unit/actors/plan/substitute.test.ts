import { expect } from 'chai';
import { Subject } from 'rxjs';
import { PlanRun } from '#lib/actors/plan/plan-run.js';
import { substitute } from '#lib/actors/plan/substitute.js';
import type { Transition } from '#lib/actors/protocol/event.js';
import type { ExecutionResult } from '#lib/actors/protocol/execution.js';
import { FakePlanPort, workOf } from '../../../support/fake-plan-port.js';
import { resultWith } from '../../../support/protocol.js';
import { SimulatedClock } from '../../../support/simulated-clock.js';

const NASTY = '$(rm -rf /) "double" \'single\' `tick` ${{ a.stdout }} $& \\ \t é\nsecond line';

describe('substitute', () => {
  /** What `text` becomes as an argument once `a` has ended like this. */
  function fill(text: string, fields: Partial<ExecutionResult>) {
    const a = { command: { type: 'exec', program: 'a' }, name: 'a' } as const;
    const b = { command: { type: 'exec', program: 'b', args: [text] } } as const;
    const run = new PlanRun(
      workOf({ type: 'serial' }, [a, b]),
      new FakePlanPort(new Subject<Transition>()),
      new SimulatedClock(),
    );
    const { stdout = '', stderr = '' } = fields;
    const sizes = { stdoutBytes: Buffer.byteLength(stdout), stderrBytes: Buffer.byteLength(stderr) };
    run.results[0] = resultWith({ output: { ...resultWith().output, ...sizes }, ...fields });
    const filled = substitute(run, 1);
    return 'code' in filled ? filled : filled.command.type === 'exec' ? filled.command.args?.[0] : undefined;
  }
  const bytes = (stdoutBytes: number) => ({ ...resultWith().output, stdoutBytes });

  it('puts text in as it is', () => {
    expect(fill('<${{ a.stdout }}>', { stdout: NASTY })).to.equal(`<${NASTY}>`);
    expect(fill('${{ a.stderr }}', { stderr: 'oh' })).to.equal('oh');
    expect(fill('${{ a.exitCode }}', { exitCode: 0 })).to.equal('0');
  });

  it('removes line breaks at the end, all of them, and none elsewhere', () => {
    expect(fill('${{ a.stdout }}', { stdout: '\n a \r\n\n b \n\r\n\n' })).to.equal('\n a \r\n\n b ');
    expect(fill('${{ a.stdout }}', { stdout: '\n\n' })).to.equal('');
  });

  it('refuses the output of what did not complete', () => {
    expect(fill('${{ a.stdout }}', { status: 'failed' })).to.deep.equal({
      code: 'DEPENDENCY_FAILED',
      message: 'It refers to stdout of a (command 0), which did not complete',
    });
  });

  it('refuses a stream that was cut, and says how much of it was kept; the other one it takes', () => {
    const cut = { stdout: 'head', stderr: 'whole', output: { ...bytes(5_000), stderrBytes: 5 } };
    expect(fill('${{ a.stdout }}', cut)).to.deep.equal({
      code: 'DEPENDENCY_FAILED',
      message:
        'It refers to stdout of a (command 0), of whose 5000 bytes only the first 1000 were kept (maxOutputSizeBytes)',
    });
    expect(fill('${{ a.stderr }}', cut)).to.equal('whole');
    expect(fill('${{ a.stdout }}', { stdout: 'x'.repeat(1_000), output: bytes(1_000) })).to.equal('x'.repeat(1_000));
  });

  it('refuses bytes that are no text, for they would not be the same any more', () => {
    expect(fill('${{ a.stdout }}', { stdout: '\ufffdx', output: bytes(2) })).to.deep.equal({
      code: 'DEPENDENCY_FAILED',
      message: 'It refers to stdout of a (command 0), which is not UTF-8; an argument or variable is text',
    });
    expect(fill('${{ a.stdout }}', { stdout: '\ufffdx' })).to.equal('\ufffdx'); // that is what was written
  });

  it('refuses a NUL byte, which no argument can hold', () => {
    expect(fill('${{ a.stdout }}', { stdout: 'x\0y' })).to.deep.equal({
      code: 'SPAWN_FAILED',
      message: 'It refers to stdout of a (command 0), which holds a NUL byte at 1; no argument or variable can',
    });
  });
});
