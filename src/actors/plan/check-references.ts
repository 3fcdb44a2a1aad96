import { basename } from 'node:path';
import type { InputProblem } from '../protocol/errors.js';
import type { PlanCommand } from '../protocol/plan.js';
import { type AncestryQuestion, unrelated } from './ancestry.js';
import type { PlanGraph } from './graph.js';
import { marksIn, mentions, openTexts } from './references.js';

interface Use extends AncestryQuestion {
  path: string;
  text: string;
}

const FIELDS = 'stdout, stderr or exitCode';
const SHELLS = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh', 'fish']);

/** What is wrong with the references of a plan's commands. `order` is a topological order of the whole graph. */
export function referenceProblems(
  commands: readonly PlanCommand[],
  graph: PlanGraph,
  order: Uint32Array,
): InputProblem[] {
  const indices = new Map<string, number>();
  for (const [index, { name }] of commands.entries()) if (name !== undefined) indices.set(name, index);
  const problems: InputProblem[] = [];
  const uses: Use[] = [];
  for (const [node, command] of commands.entries()) {
    if (!mentions(command)) continue;
    const at = (path: string) => `commands[${node}].${path}`;
    for (const { path, text } of closedTexts(command)) {
      for (const mark of marksIn(text)) {
        if (mark.reference === null || !indices.has(mark.reference.name)) continue;
        const expected = 'no reference here: pass it through env or args, which take it as data';
        problems.push({ path: at(path), expected, received: mark.text });
      }
    }
    for (const { path, text } of openTexts(command)) {
      for (const { text: mark, reference, name } of marksIn(text)) {
        const ancestor = indices.get(reference?.name ?? name ?? '');
        if (reference === null && ancestor === undefined) continue; // not ours: `${{ github.sha }}` is text like any other
        if (ancestor === undefined) {
          problems.push({ path: at(path), expected: 'the name of a command of this plan', received: mark });
        } else if (reference === null) {
          const expected = `\${{ ${name}.… }} with ${FIELDS}, or $\${{ for the text itself`;
          problems.push({ path: at(path), expected, received: mark });
        } else {
          uses.push({ node, ancestor, path: at(path), text: mark });
        }
      }
    }
  }
  const early = unrelated(graph, order, uses).map(({ path, text, ancestor }) => ({
    path,
    expected: 'a command that surely runs before this one',
    received: `${text}, which is command ${ancestor}`,
  }));
  return [...problems, ...early];
}

/** Texts in which nothing is replaced: what a shell reads, what is run and where, and input. */
function* closedTexts(request: PlanCommand): Generator<{ path: string; text: string }> {
  const { command, workingDir, stdin } = request;
  for (const [field, text] of Object.entries(command) as Array<[string, unknown]>) {
    if (typeof text === 'string') yield { path: `command.${field}`, text };
  }
  if (workingDir !== undefined) yield { path: 'workingDir', text: workingDir };
  if (typeof stdin === 'string') yield { path: 'stdin', text: stdin };
  if (command.type !== 'exec' || !SHELLS.has(basename(command.program))) return;
  const place = (command.args ?? []).findIndex((arg) => /^-\w*c$/.test(arg)) + 1;
  const text = command.args?.[place];
  if (place > 0 && text !== undefined) yield { path: `command.args[${place}]`, text };
}
