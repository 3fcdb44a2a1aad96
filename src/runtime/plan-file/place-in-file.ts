import type { Path } from './refuse.js';
import type { CommandEntry, PlanFile } from './schema/plan-file.js';

export interface PlaceInFile {
  path: Path;
  of: 'key' | 'value';
}

const DEPENDENCY = /^strategy\.dependencies\.([^[]+)(?:\[(\d+)\])?$/;
const IN_COMMAND = /^commands\[(\d+)\]\.(.+)$/s;
const ARGUMENT = /^command\.args\[(\d+)\]$/;
const INSIDE = /^(command|env)\.(.+)$/s;

/** Where a file says what a problem of a plan, with a path as in code, is about. */
export function placeInFile(path: string, { commands }: PlanFile): PlaceInFile {
  const [, key, place] = DEPENDENCY.exec(path) ?? [];
  if (key !== undefined) {
    const list = ['strategy', 'dependencies', key];
    return place === undefined ? { path: list, of: 'key' } : { path: [...list, Number(place)], of: 'value' };
  }
  const [, index, field = ''] = IN_COMMAND.exec(path) ?? [];
  const entry = commands[Number(index)];
  if (entry === undefined) return { path: [], of: 'value' };
  return { path: ['commands', Number(index), ...fieldPath(field, entry)], of: 'value' };
}

function fieldPath(field: string, { run, exec }: CommandEntry): Path {
  const [, argument] = ARGUMENT.exec(field) ?? [];
  if (argument !== undefined) return exec ? ['exec', Number(argument) + 1] : ['command', 'args', Number(argument)];
  if (field === 'command.program' && exec) return ['exec', 0];
  if (field === 'command.command' && run) return ['run'];
  const [, outer, inner] = INSIDE.exec(field) ?? [];
  if (outer !== undefined && inner !== undefined) return [outer, inner];
  return [field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
}
