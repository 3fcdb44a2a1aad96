import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { widthOf } from '#lib/cli/text/width.js';
import { execrx } from '../support/cli/command-line.js';
import { isRunning } from '../support/proc.js';
import { untilGone } from '../support/processes.js';
import { ENDED, useTerminals } from '../support/screens/terminal.js';
import { useTemporaryDirectory } from '../support/temporary-directory.js';

const ended = (screen: string[]) => screen.some((row) => ENDED.test(row));

describe('execrx in a terminal', () => {
  const path = useTemporaryDirectory();
  const open = useTerminals();

  /** A command that says something and goes on until `finish` is called. */
  function waiting(name: string, says: string) {
    const wait = `until [ -e ${path('finish')} ]; do sleep 0.05; done`;
    return { name, command: { type: 'shell', command: `printf '%b\\n' '${says}'; ${wait}` } };
  }
  const finish = () => writeFileSync(path('finish'), '');

  function planOf(...commands: object[]): string {
    writeFileSync(path('plan.json'), JSON.stringify({ strategy: { type: 'parallel' }, commands }));
    return path('plan.json');
  }

  const failing = { name: 'fails', command: { type: 'shell', command: 'echo one; echo two >&2; exit 3' } };

  it('shows a row for each running command, a line for each that ended, and a bar; then what failed and the whole', async () => {
    const plan = planOf(waiting('compile', 'module 7'), failing, waiting('lint', 'reading'));
    const terminal = open({ columns: 80, rows: 20 }, [execrx, 'run', plan]);
    const screen = await terminal.untilScreen(
      'two run and one has failed',
      (rows) => rows.length === 4 && /reading/.test(rows[2] ?? ''),
    );
    expect(screen[0]).to.equal('✖ fails The process exited with code 3');
    expect(screen[1]).to.match(/^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] compile 0:\d\d {2}module 7$/);
    expect(screen[2]).to.match(/^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] lint {4}0:\d\d {2}reading$/);
    expect(screen[3]).to.match(/^█{13}░{27} 1\/3, 1 failed, 0:\d\d, --:-- left$/);
    expect(terminal.cursorIsVisible()).to.equal(false);

    finish();
    const last = await terminal.untilScreen('the command has ended', ended);
    expect(
      last
        .slice(1, 3)
        .map((row) => row.replace(/ [\d.]+ m?s$/, ''))
        .sort(),
    ).to.deep.equal(['✔ compile', '✔ lint']);
    expect(last.slice(3, 6)).to.deep.equal(['fails: The process exited with code 3', '  | one', '  | two']);
    expect(last[6]).to.match(/^2 of 3 commands completed, 1 failed in /);
    expect(last.slice(7)).to.deep.equal(['ended with 1']);
    expect(terminal.cursorIsVisible()).to.equal(true);
  });

  it('leaves nothing torn when the window becomes narrow, wide and narrow again', async () => {
    const wide = '漢字 and more words than will fit '.repeat(5);
    const short = Array.from({ length: 8 }, (_, index) => ({
      name: `d${index}`,
      command: { type: 'exec', program: 'true' },
    }));
    const plan = planOf(waiting('first', wide), waiting('second', wide), ...short);
    const terminal = open({ columns: 100, rows: 24 }, [execrx, 'run', plan]);
    const whole = (columns: number) => (rows: string[]) =>
      /^. first {2}\d:\d\d {2}漢/.test(rows.at(-3) ?? '') &&
      /^. second \d:\d\d {2}漢/.test(rows.at(-2) ?? '') &&
      /8\/10, \d:\d\d/.test(rows.at(-1) ?? '') &&
      rows.slice(0, -3).every((row) => /^✔ d\d [\d.]+ m?s$/.test(row)) &&
      rows.every((row) => widthOf(row) <= columns);
    await terminal.untilScreen('two run and eight have ended', (rows) => rows.length === 11 && whole(100)(rows));
    for (const columns of [40, 90, 30, 120, 25]) {
      terminal.resize({ columns, rows: 24 });
      await terminal.untilScreen(`the frame fits into ${columns} columns, alone`, whole(columns));
    }
    finish();
    const last = await terminal.untilScreen('the command has ended', ended);
    expect(last.filter((row) => /^✔ (first|second) /.test(row))).to.have.length(2);
  });

  it('says how many commands have no row where the window is low', async () => {
    const commands = Array.from({ length: 9 }, (_, index) => waiting(`c${index}`, 'x'));
    const terminal = open({ columns: 60, rows: 8 }, [execrx, 'run', planOf(...commands)]);
    await terminal.untilScreen('four rows and the rest', (rows) => rows.length === 6 && rows[4] === 'and 5 more');
    terminal.resize({ columns: 60, rows: 6 });
    await terminal.untilScreen(
      'two rows and the rest',
      (rows) => rows.filter((row) => row === 'and 7 more').length === 1,
    );
    finish();
    await terminal.untilScreen('the command has ended', ended);
  });

  it('lets no command clear the screen, move the cursor or ring', async () => {
    const hostile = '\\033[2J\\033[H\\033]0;title\\007\\033[?1049hvisible\\r';
    const terminal = open({ columns: 80, rows: 20 }, [execrx, 'run', planOf(failing, waiting('hostile', hostile))]);
    const screen = await terminal.untilScreen('it runs', (rows) => rows.length === 3 && /visible/.test(rows[1] ?? ''));
    expect(screen[0]).to.equal('✖ fails The process exited with code 3');
    expect(screen[1]).to.match(/^. hostile 0:\d\d {2}visible$/);
    finish();
    await terminal.untilScreen('the command has ended', ended);
  });

  it('cancels at the first Ctrl-C and says so, kills at the second, and gives the cursor back', async () => {
    const command = `trap '' TERM; echo $$; while :; do sleep 0.1; done`;
    const plan = planOf({ name: 'stubborn', command: { type: 'shell', command } });
    const terminal = open({ columns: 80, rows: 20 }, [execrx, 'run', plan]);
    const [row = ''] = await terminal.untilScreen('it runs', ([first = '']) => /stubborn 0:\d\d {2}\d+$/.test(first));
    const pid = Number(/\d+$/.exec(row));
    terminal.press('C-c');
    await terminal.untilScreen('it says so', (rows) => rows.some((text) => text.startsWith('Interrupted: ')));
    expect(isRunning(pid)).to.equal(true);
    terminal.press('C-c');
    await terminal.untilScreen('the command has ended', (rows) => rows.at(-1) === 'ended with 130');
    await untilGone([pid]);
    expect(terminal.cursorIsVisible()).to.equal(true);
  });

  it('marks and counts what Ctrl-C ended apart from what failed', async () => {
    const stubborn = { type: 'shell', command: `trap '' TERM; until [ -e ${path('finish')} ]; do sleep 0.05; done` };
    const plan = planOf(failing, waiting('willing', 'ready'), { name: 'stubborn', command: stubborn });
    const terminal = open({ columns: 80, rows: 20 }, [execrx, 'run', plan], { EXECRX_KILL_GRACE_MS: '600000' });
    await terminal.untilScreen(
      'two run and one has failed',
      (rows) => rows.length === 4 && rows.some((row) => /ready$/.test(row)),
    );
    terminal.press('C-c');
    const screen = await terminal.untilScreen('one has ended', (rows) => rows.some((row) => / 2\/3, /.test(row)));
    expect(screen[0]).to.match(/^✖ fails /);
    expect(screen.find((row) => /^. willing /.test(row))).to.match(/^⊘ willing .*interrupted/);
    expect(screen.find((row) => / 2\/3, /.test(row))).to.include('2/3, 1 failed, 1 cancelled, 0:');
    finish();
    const last = await terminal.untilScreen('the command has ended', (rows) => rows.at(-1) === 'ended with 130');
    expect(last.at(-2)).to.match(/^0 of 3 commands completed, 1 failed, 2 cancelled in /);
  });

  it('uses colours, and none where none are wanted', async () => {
    const plan = planOf(failing);
    for (const [args, env, coloured] of [
      [[], {}, true],
      [['--no-color'], {}, false],
      [[], { NO_COLOR: '1' }, false],
    ] as const) {
      const terminal = open({ columns: 80, rows: 20 }, [execrx, 'run', plan, ...args], env);
      await terminal.untilScreen('the command has ended', ended);
      expect(terminal.colouredScreen().includes('\x1b[')).to.equal(coloured);
    }
  });

  it('prints the output of a map above a row for each running item', async () => {
    const script = `echo "out of $0"; until [ "$0" != b ] || [ -e ${path('finish')} ]; do sleep 0.05; done; printf "end of $0"`;
    const terminal = open({ columns: 80, rows: 20 }, [
      execrx,
      'map',
      '--jobs',
      '1',
      `sh -c '${script}'`,
      '--',
      'a',
      'b',
    ]);
    const screen = await terminal.untilScreen('b runs', (rows) => /^. b 0:\d\d {2}out of b$/.test(rows[2] ?? ''));
    expect(screen.slice(0, 2)).to.deep.equal(['out of a', 'end of a']);
    expect(screen[3]).to.match(/^█{20}░{20} 1\/2, 0:\d\d, --:-- left$/);
    finish();
    const last = await terminal.untilScreen('the command has ended', ended);
    expect(last).to.deep.equal(['out of a', 'end of a', 'out of b', 'end of b', 'ended with 0']);
  });

  it('shows a bar from the start where a map can know how many items there are', async () => {
    const items = Array.from({ length: 20 }, (_, index) => `i${index}`);
    writeFileSync(path('items'), items.join('\n'));
    writeFileSync(path('wait.sh'), `until [ -e ${path('finish')} ]; do sleep 0.05; done`);
    const map = `${execrx} map --jobs 1 'sh ${path('wait.sh')} {}'`;
    const terminals = [`${map} -- ${items.join(' ')}`, `${map} < ${path('items')}`].map((line) =>
      open({ columns: 80, rows: 20 }, ['sh', '-c', line]),
    );
    for (const terminal of terminals) {
      await terminal.untilScreen('there is a bar', (rows) =>
        /^░{40} 0\/20, 0:\d\d, --:-- left$/.test(rows.at(-1) ?? ''),
      );
    }
    finish();
    for (const terminal of terminals) await terminal.untilScreen('the command has ended', ended);
  });

  it('passes on what is typed, line by line, and ends when the command does', async () => {
    const cat = open({ columns: 80, rows: 20 }, [execrx, 'exec', '--', 'sh', '-c', 'echo ready; exec cat']);
    await cat.untilScreen('it runs', ([row]) => row === 'ready');
    cat.press('first');
    cat.press('Enter');
    await cat.untilScreen('the line has come back', (rows) => rows.filter((row) => row === 'first').length === 2);
    cat.press('C-d');
    await cat.untilScreen('the command has ended', (rows) => rows.at(-1) === 'ended with 0');

    const idle = open({ columns: 80, rows: 20 }, [execrx, 'exec', '--', 'echo', 'done']);
    await idle.untilScreen('the command has ended', (rows) => rows.at(-1) === 'ended with 0');
  });

  it('leaves the terminal to others while it is in the background', async () => {
    const wait = `echo ready; until [ -e ${path('finish')} ]; do sleep 0.05; done; echo done`;
    const script = `set -m; ${execrx} exec -- sh -c '${wait}' & read -r line; echo "got $line"; touch ${path('finish')}; wait $!`;
    const terminal = open({ columns: 80, rows: 20 }, ['bash', '-c', script]);
    await terminal.untilScreen('it runs', (rows) => rows.includes('ready'));
    terminal.press('text');
    terminal.press('Enter');
    const last = await terminal.untilScreen('the command has ended', ended);
    expect(last).to.include.members(['got text', 'done', 'ended with 0']);
  });

  it('stays with lines where the terminal cannot redraw', async () => {
    const terminal = open({ columns: 80, rows: 20 }, ['env', 'TERM=dumb', execrx, 'run', planOf(failing)]);
    const last = await terminal.untilScreen('the command has ended', ended);
    expect(last).to.include('fails | one');
  });
});
