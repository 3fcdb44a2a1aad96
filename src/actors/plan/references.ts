import type { PlanCommand } from '../protocol/plan.js';

/** What a reference may ask of a command's result. */
export type ReferenceField = 'stdout' | 'stderr' | 'exitCode';

export interface Reference {
  name: string;
  field: ReferenceField;
}

/** `$${{`, or `${{ … }}`, of which the text in between is captured. */
const MARKS = /\$\$\{\{|\$\{\{([^{}]*)\}\}/g;
const FORM = /^\s*([\w-]+)\.(stdout|stderr|exitCode)\s*$/;
const BEGINNING = /^\s*([\w-]+)/;

/** The reference in what stands between `${{` and `}}`, if it is one. */
function referenceIn(inner: string): Reference | null {
  const [, name, field] = FORM.exec(inner) ?? [];
  return name === undefined ? null : { name, field: field as ReferenceField };
}

function hasMark(text: string): boolean {
  return text.includes('${{');
}

/** Whether there is a `${{` anywhere in a command. Most have none, and must cost no more than this look. */
export function mentions({ command, env, workingDir = '', stdin }: PlanCommand): boolean {
  for (const field in command) {
    const value = (command as unknown as Record<string, unknown>)[field];
    if (typeof value === 'string' ? hasMark(value) : Array.isArray(value) && value.some(hasMark)) return true;
  }
  if (env && Object.values(env).some(hasMark)) return true;
  return hasMark(workingDir) || (typeof stdin === 'string' && hasMark(stdin));
}

/** A mark in a text: a reference, or something that begins like one. */
export interface Mark {
  text: string;
  reference: Reference | null;
  /** What it begins with. */
  name: string | null;
}

export function marksIn(text: string): Mark[] {
  if (!hasMark(text)) return [];
  return [...text.matchAll(MARKS)].flatMap(([mark, inner]) =>
    inner === undefined
      ? []
      : [{ text: mark, reference: referenceIn(inner), name: BEGINNING.exec(inner)?.[1] ?? null }],
  );
}

/** The text with every reference replaced and every `$${{` made `${{`. What is put in is not looked at again. */
export function fillIn(text: string, textOf: (reference: Reference) => string): string {
  return text.replace(MARKS, (mark: string, inner: string | undefined) => {
    if (inner === undefined) return '${{';
    const reference = referenceIn(inner);
    return reference === null ? mark : textOf(reference);
  });
}

/** The texts of a command in which references are replaced: arguments and values of `env`, each with its path. */
export function* openTexts({ command, env }: PlanCommand): Generator<{ path: string; text: string }> {
  if (command.type !== 'shell') {
    for (const [place, text] of (command.args ?? []).entries()) yield { path: `command.args[${place}]`, text };
  }
  for (const [name, text] of Object.entries(env ?? {})) yield { path: `env.${name}`, text };
}

/** A copy of the command with its references replaced. */
export function fillInCommand(request: PlanCommand, textOf: (reference: Reference) => string): PlanCommand {
  const { command, env } = request;
  const fill = (text: string) => fillIn(text, textOf);
  return {
    ...request,
    command: command.type === 'shell' || !command.args ? command : { ...command, args: command.args.map(fill) },
    ...(env && { env: Object.fromEntries(Object.entries(env).map(([name, text]) => [name, fill(text)])) }),
  };
}
