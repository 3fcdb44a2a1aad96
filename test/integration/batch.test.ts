import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { runBatch, shellBatch, watch } from '../support/batches.js';
import { useEngines } from '../support/engine.js';
import { eventually } from '../support/eventually.js';
import { useTemporaryDirectory } from '../support/temporary-directory.js';

const whole = { maxOutputSizeBytes: 0, oversizedOutputStrategy: 'stream_to_file', logOutput: false } as const;
const indices = (count: number) => Array.from({ length: count }, (_, index) => index);

for (const spawner of ['launcher', 'thread'] as const) {
  describe(`a batch (${spawner})`, () => {
    const engineOf = useEngines();
    const path = useTemporaryDirectory();
    const start = () => engineOf({ ...whole, spawner, maxConcurrentExecutions: 4 });

    it('runs its command once for each item, and tells of each once', async () => {
      const items = indices(500).map((index) => `item ${index}`);
      const {
        items: seen,
        twice,
        result,
      } = await runBatch(start(), shellBatch(`echo "$0" >> ${path('ran')}`, 4), items);
      expect(result).to.include({ status: 'completed', error: null });
      expect([...seen.keys()].sort((a, b) => a - b)).to.deep.equal(indices(500));
      expect(twice).to.deep.equal([]);
      expect(readFileSync(path('ran'), 'utf8').trim().split('\n').sort()).to.deep.equal([...items].sort());
    });

    it('never runs more at once than it has places, and fills all of them', async () => {
      const script = `echo + >> ${path('log')}; sleep 0.0$(($0 % 7)); echo - >> ${path('log')}`;
      await runBatch(start(), shellBatch(script, 3), indices(60).map(String));
      const running: number[] = [];
      for (const sign of readFileSync(path('log'), 'utf8').trim().split('\n')) {
        running.push((running.at(-1) ?? 0) + (sign === '+' ? 1 : -1));
      }
      expect(Math.max(...running)).to.equal(3);
    });

    it('tells how each ended, those that end at once as those that do not', async () => {
      const script =
        'test "$0" = slow && sleep 0.2; case "$0" in k*) kill -9 $$;; q*) ;; *) printf "$0\\377"; printf err >&2; exit 3;; esac';
      const engine = start();
      const batch = engine.executeBatch(shellBatch(script, 4));
      const ends = new Map<string, unknown>();
      batch.ends$.subscribe((told) => {
        for (const { item, error, stdout, stderr, stdoutPath, stderrPath } of told.ends) {
          const read = (text: string, file: string | undefined) => (file ? readFileSync(file, 'latin1') : text);
          ends.set(item, [error?.code, read(stdout, stdoutPath), read(stderr, stderrPath)]);
        }
      });
      await batch.add(['fast', 'slow', 'killed', 'quiet']);
      batch.end();
      const { status, error } = await batch.result;
      expect({ status, message: error?.message }).to.deep.equal({ status: 'failed', message: '3 of 4 failed' });
      expect(ends.get('fast')).to.deep.equal(['EXIT_NON_ZERO', 'fast\xff', 'err']);
      expect(ends.get('slow')).to.deep.equal(['EXIT_NON_ZERO', 'slow\xff', 'err']);
      expect(ends.get('killed')).to.deep.equal(['SIGNALLED', '', '']);
    });

    it('loses no byte of more than a pipe holds', async () => {
      const engine = start();
      const batch = engine.executeBatch(shellBatch(`head -c ${300_000} /dev/zero | tr '\\0' "$0"`, 4));
      const sizes: Record<string, number> = {};
      batch.ends$.subscribe(({ ends }) => {
        for (const { item, stdout, stdoutPath } of ends) {
          const text = stdoutPath === undefined ? stdout : readFileSync(stdoutPath, 'latin1');
          sizes[item] = text.replaceAll(item, '').length === 0 ? text.length : -1;
        }
      });
      await batch.add(['a', 'b', 'c', 'd', 'e', 'f']);
      batch.end();
      await batch.result;
      expect(sizes).to.deep.equal({ a: 300_000, b: 300_000, c: 300_000, d: 300_000, e: 300_000, f: 300_000 });
    });

    it('ends an item by its own time-out, and goes on', async () => {
      const request = { ...shellBatch('test "$0" = slow && exec sleep 60; :', 2), timeoutMs: 300 };
      const { items } = await runBatch(start(), request, ['a', 'slow', 'b', 'slow', 'c']);
      const code = (index: number) => items.get(index)?.code;
      expect(indices(5).map(code)).to.deep.equal([null, 'TIMEOUT', null, 'TIMEOUT', null]);
    });

    it('says for each item that its program is not there', async () => {
      const request = {
        command: { type: 'exec', program: 'no-such-program' },
        batch: { places: 2, arguments: [['', '']] },
      } as const;
      const { items, result } = await runBatch(start(), request, ['a', 'b', 'c']);
      expect(indices(3).map((index) => items.get(index)?.code)).to.deep.equal(Array(3).fill('SPAWN_FAILED'));
      expect(result.status).to.equal('failed');
    });

    it('kills what an item leaves in its process group', async () => {
      const { items } = await runBatch(
        start(),
        shellBatch(`sleep 600 > /dev/null 2>&1 & echo $! >> ${path('pids')}`, 2),
        ['a', 'b'],
      );
      expect(items.size).to.equal(2);
      const pids = readFileSync(path('pids'), 'utf8').trim().split('\n');
      await eventually('it is killed', () => !pids.some((pid) => existsSync(`/proc/${pid}/exe`)));
    });

    it('takes items as they come, and ends with the last', async () => {
      const batch = start().executeBatch(shellBatch(':', 2));
      const { items } = watch(batch);
      await batch.add(['a']);
      await eventually('the first has ended', () => items.size === 1);
      await batch.add(['b', 'c']);
      await eventually('all have ended', () => items.size === 3);
      batch.end();
      expect((await batch.result).status).to.equal('completed');
    });

    it('completes without items', async () => {
      expect((await runBatch(start(), shellBatch(':', 2), [])).result.status).to.equal('completed');
    });

    it('takes no more items than it has use for', async () => {
      const batch = start().executeBatch(shellBatch(`until [ -e ${path('go')} ]; do sleep 0.01; done`, 2));
      let taken = 0;
      const adding = indices(600).map((index) => batch.add([`${index}`]).then(() => taken++));
      const { items } = watch(batch);
      await eventually('some are taken', () => taken > 0);
      expect(taken).to.be.below(300);
      writeFileSync(path('go'), '');
      await Promise.all(adding);
      batch.end();
      await batch.result;
      expect(items.size).to.equal(600);
    });

    it('begins nothing more when it is cancelled, and ends what runs', async () => {
      const engine = start();
      const batch = engine.executeBatch(shellBatch(`echo "$0" >> ${path('ran')}; exec sleep 600`, 2));
      const { items } = watch(batch);
      const added = batch.add(indices(50).map(String));
      await eventually('two run', () => existsSync(path('ran')) && readFileSync(path('ran'), 'utf8').length === 4);
      engine.cancelAll('enough');
      const { status, error } = await batch.result;
      await added;
      expect({ status, message: error?.message }).to.deep.equal({ status: 'cancelled', message: 'enough' });
      expect([...items.values()].map(({ code }) => code)).to.deep.equal(['CANCELLED', 'CANCELLED']);
      expect(readFileSync(path('ran'), 'utf8')).to.have.lengthOf(4);
    });

    it('is ended by the stop of its engine', async () => {
      const engine = start();
      const batch = engine.executeBatch(shellBatch('exec sleep 600', 2));
      void batch.add(['a', 'b', 'c']);
      await engine.ready();
      await engine.stop();
      expect((await batch.result).error?.code).to.equal('ENGINE_STOPPED');
    });
  });
}
