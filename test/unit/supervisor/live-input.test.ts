import { expect } from 'chai';
import type { WorkerInput } from '#lib/actors/protocol/wire.js';
import { LiveInput } from '#lib/supervisor/live-input.js';
import { nextTurn } from '../../support/eventually.js';

function assign(input: LiveInput): WorkerInput[] {
  const sent: WorkerInput[] = [];
  input.assign((make) => sent.push(make(7)));
  return sent;
}

/** Names of writes whose promise has resolved. */
function watch(writes: Record<string, Promise<void>>): string[] {
  const resolved: string[] = [];
  for (const [name, write] of Object.entries(writes)) void write.then(() => resolved.push(name));
  return resolved;
}

describe('LiveInput', () => {
  it('holds what is written until there is a process, then passes everything on in order', () => {
    const input = new LiveInput();
    void input.write('a');
    void input.write('b');
    const sent = assign(input);
    void input.write('c');
    input.end();
    expect(sent).to.deep.equal([
      { type: 'write', ref: 7, sequence: 1, data: 'a' },
      { type: 'write', ref: 7, sequence: 2, data: 'b' },
      { type: 'write', ref: 7, sequence: 3, data: 'c' },
      { type: 'end_input', ref: 7 },
    ]);
  });

  it('passes on an end that came before the process', () => {
    const input = new LiveInput();
    expect(input.ended).to.equal(false);
    input.end();
    expect(input.ended).to.equal(true);
    expect(assign(input)).to.deep.equal([{ type: 'end_input', ref: 7 }]);
  });

  it('resolves each write when it is taken, and no other', async () => {
    const input = new LiveInput();
    const resolved = watch({ first: input.write('a'), second: input.write('b') });
    assign(input);
    await nextTurn();
    expect(resolved).to.deep.equal([]);
    input.taken(2);
    input.taken(99);
    await nextTurn();
    expect(resolved).to.deep.equal(['second']);
    input.taken(1);
    await nextTurn();
    expect(resolved).to.deep.equal(['second', 'first']);
  });

  it('lets nobody wait once the execution is over, whether or not it had a process', async () => {
    const [never, ran] = [new LiveInput(), new LiveInput()];
    const resolved = watch({ held: never.write('a'), sent: ran.write('b') });
    assign(ran);
    never.close();
    ran.close();
    await nextTurn();
    expect(resolved).to.deep.equal(['held', 'sent']);
    expect([never.ended, ran.ended]).to.deep.equal([true, true]);
    expect(assign(never)).to.deep.equal([]);
  });
});
