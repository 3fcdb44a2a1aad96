import type { ExecutionPlan } from '../../actors/protocol/plan.js';
import { count } from '../text/count.js';
import { labelOf } from '../text/label-of.js';
import { dependenciesOf } from './dependencies-of.js';
import { describeStrategy } from './describe-strategy.js';

/** A plan as a Mermaid flowchart: a node per command, `c0` for the first, and an arrow to each from what it waits for. */
export function mermaidGraph(plan: ExecutionPlan): string {
  const lines = ['flowchart TD', `  %% ${count(plan.commands.length, 'command')}, ${describeStrategy(plan.strategy)}`];
  for (const index of plan.commands.keys()) lines.push(`  c${index}["${escaped(labelOf(plan, index))}"]`);
  for (const [index, needed] of dependenciesOf(plan).entries()) {
    for (const dependency of needed) lines.push(`  c${dependency} --> c${index}`);
  }
  return `${lines.join('\n')}\n`;
}

/**
 * All of ASCII but what surely means nothing to Mermaid, as character codes. It looks for `%%{`, for `style…:…#…;` and for Markdown within
 * labels too, and reads what is left as HTML.
 */
function escaped(label: string): string {
  return label.replace(/[!-~]/g, (character) => {
    return /[\w.,/=+'()|!?@^~*-]/.test(character) ? character : `#${character.charCodeAt(0)};`;
  });
}
