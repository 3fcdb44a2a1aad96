import type { Console } from '../console.js';
import { EXIT_CODE } from '../exit-code.js';
import { mermaidGraph } from '../graph/mermaid-graph.js';
import { textGraph } from '../graph/text-graph.js';
import { readPlan } from '../plan-source.js';

const DRAWINGS = { mermaid: mermaidGraph, text: textGraph };

export interface GraphOptions {
  format: keyof typeof DRAWINGS;
}

/** Draws a plan. @throws {PlanFileError} */
export async function graph({ out }: Console, file: string, { format }: GraphOptions): Promise<number> {
  out.write(DRAWINGS[format](await readPlan(file)));
  return EXIT_CODE.completed;
}
