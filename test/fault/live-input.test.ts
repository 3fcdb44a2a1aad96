import { expect } from 'chai';
import { exec, shell, ValidationError } from 'execrx';
import { withEngine } from '../support/fault/rig.js';

const PIPE = { pipe: true } as const;

describe('input for a process that is neither text nor bytes', () => {
  for (const data of [['a'], 7, null, { length: 1 }]) {
    it(`is refused (${JSON.stringify(data)}), and the executions around it are not disturbed`, async () => {
      await withEngine({}, async ({ engine }) => {
        const fed = engine.execute({ command: exec('cat'), stdin: PIPE });
        const refused = await Promise.resolve()
          .then(() => fed.write(data as never))
          .then(
            () => expect.fail('it was accepted'),
            (reason: ValidationError) => reason,
          );
        const neighbour = engine.execute({ command: exec('echo', 'here') });
        await fed.write('kept\n');
        fed.end();
        expect(refused).to.be.instanceOf(ValidationError);
        expect((await neighbour.result).stdout).to.equal('here\n');
        expect((await fed.result).stdout).to.equal('kept\n');
      });
    });
  }
});

describe('live input at an awkward moment', () => {
  it('reaches a process that had not started when it was written', async () => {
    await withEngine({ maxConcurrentExecutions: 1 }, async ({ engine }) => {
      const runs = Array.from({ length: 20 }, (_, index) => {
        const run = engine.execute({ command: exec('cat'), stdin: PIPE });
        void run.write(`line ${index}\n`);
        run.end();
        return run.result;
      });
      const texts = (await Promise.all(runs)).map(({ stdout }) => stdout);
      expect(texts).to.deep.equal(texts.map((_, index) => `line ${index}\n`));
    });
  });

  it('is what it was when it was written, though its buffer is used again', async () => {
    await withEngine({}, async ({ engine }) => {
      const buffer = Buffer.from('first');
      const whole = engine.execute({ command: exec('cat'), stdin: buffer });
      const live = engine.execute({ command: exec('cat'), stdin: PIPE });
      void live.write(buffer);
      live.end();
      buffer.fill('x');
      expect((await whole.result).stdout).to.equal('first');
      expect((await live.result).stdout).to.equal('first');
    });
  });

  it('does not keep a writer waiting whose process reads nothing and ends', async () => {
    await withEngine({}, async ({ engine }) => {
      const letters: string[] = [];
      engine.deadLetters$.subscribe(({ message }) => letters.push(message));
      const run = engine.execute({ command: exec('sleep', '0.2'), stdin: PIPE });
      await run.write(Buffer.alloc(4_000_000));
      expect((await run.result).status).to.equal('completed');
      expect(letters).to.deep.equal([]);
    });
  });

  it('does not keep a writer waiting whose process cannot be started', async () => {
    await withEngine({}, async ({ engine }) => {
      const run = engine.execute({ command: exec('no-such-program-here'), stdin: PIPE });
      await run.write('for nobody');
      expect((await run.result).error?.code).to.equal('SPAWN_FAILED');
    });
  });

  it('does not disturb a process that closes its end while megabytes are fed to it', async () => {
    await withEngine({}, async ({ engine }) => {
      const stdin = 'x'.repeat(32 * 1024 * 1024);
      const result = await engine.run({ command: shell('head -c 5; exec 0<&-; echo; sleep 0.1; echo done'), stdin });
      expect(result.stdout).to.equal('xxxxx\ndone\n');
      expect(result.status).to.equal('completed');
    });
  });
});
