import { expect } from 'chai';
import { exec, shell } from 'execrx';
import { useEngines } from '../support/engine.js';

const NASTY = [
  '$(rm -rf /)',
  '`reboot`',
  '"quotes" and \'quotes\'',
  '; exit 7',
  'two\nlines',
  '${{ nasty.stdout }}',
  '*',
  '-n',
  'é ☃',
  '\\',
];

/** As it has to be written in a plan. */
const escaped = (text: string) => text.split('${{').join('$${{');

describe('output of one command for the next', () => {
  const makeEngine = useEngines();

  it('arrives as data, in arguments and in the environment, whatever it is', async () => {
    const engine = makeEngine();
    for (const text of NASTY) {
      const { status, results } = await engine.executePlan({
        strategy: { type: 'dependency_graph', dependencies: { 1: [0], 2: [0] } },
        commands: [
          { name: 'nasty', command: exec('printf', '%s\\n\\n', escaped(text)) },
          { command: exec('printf', '[%s]', '${{ nasty.stdout }}') },
          { command: shell('printf "[%s]" "$VALUE"'), env: { VALUE: '${{ nasty.stdout }}' } },
        ],
      }).result;
      expect(status).to.equal('completed');
      expect(results.slice(1).map(({ stdout }) => stdout)).to.deep.equal([`[${text}]`, `[${text}]`]);
    }
  });

  it('includes stderr and the exit code, and leaves what is escaped', async () => {
    const engine = makeEngine();
    const { results } = await engine.executePlan({
      strategy: { type: 'serial' },
      commands: [
        { name: 'a', command: shell('echo out; echo err >&2') },
        { command: exec('echo', '${{ a.stderr }}', '${{ a.exitCode }}', '$${{ a.stdout }}') },
      ],
    }).result;
    expect(results[1]?.stdout).to.equal('err 0 ${{ a.stdout }}\n');
  });

  it('is not there when the command did not complete, and says so', async () => {
    const engine = makeEngine();
    const { status, results } = await engine.executePlan({
      strategy: { type: 'serial', stopOnError: false },
      commands: [
        { name: 'a', command: exec('false') },
        { command: exec('echo', '${{ a.stdout }}') },
        { command: exec('true') },
      ],
    }).result;
    expect([status, ...results.map((result) => result.status)]).to.deep.equal([
      'failed',
      ...['failed', 'cancelled', 'completed'],
    ]);
    expect(results[1]?.error).to.deep.equal({
      code: 'DEPENDENCY_FAILED',
      message: 'It refers to stdout of a (command 0), which did not complete',
    });
  });

  it('is not taken when it was cut, or cannot be an argument', async () => {
    const engine = makeEngine();
    const { results } = await engine.executePlan({
      strategy: { type: 'dependency_graph', dependencies: { 2: [0], 3: [1], 5: [4] } },
      commands: [
        { name: 'long', command: exec('printf', '12345678901'), maxOutputSizeBytes: 10 },
        { name: 'nul', command: exec('printf', 'a\\0b') },
        { command: exec('echo', '${{ long.stdout }}') },
        { command: exec('echo', '${{ nul.stdout }}') },
        { name: 'bytes', command: exec('printf', '\\377x\\303') },
        { command: exec('echo', '${{ bytes.stdout }}') },
      ],
    }).result;
    expect(results[2]?.error?.message).to.contain('of whose 11 bytes only the first 10 were kept');
    expect(results[3]).to.deep.include({ status: 'failed', attempts: 0 });
    expect(results[3]?.error?.message).to.contain('a NUL byte at 1');
    expect(results[5]?.error?.message).to.contain('which is not UTF-8');
  });

  it('is refused before anything runs where the name or the order is wrong', () => {
    const engine = makeEngine();
    const wrong = [
      { command: exec('echo', '${{ other.stdout }}') },
      { name: 'a', command: exec('true') },
      { command: shell('echo ${{ a.stdout }}') },
    ];
    expect(() => engine.executePlan({ strategy: { type: 'serial' }, commands: wrong })).to.throw(
      /other.stdout.*env or args/s,
    );
    expect(engine.getStats().total).to.equal(0);
  });
});
