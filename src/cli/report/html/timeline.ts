import { count, grouped } from '../../text/count.js';
import { durationOf } from '../../text/duration.js';
import { labelOf } from '../../text/label-of.js';
import type { CriticalPath } from '../critical-path.js';
import { type Markup, markup } from '../markup.js';
import { outcomeOf } from '../outcome-of.js';
import type { RunReport } from '../run-report.js';
import { ticksOf } from '../time-axis.js';
import { arrows } from './arrows.js';
import { type Bar, barsOf, type Chart } from './chart.js';
import { failuresShown } from './failures.js';
import { icon } from './icons.js';
import { lengthOf } from './percent.js';

/** Labels of ticks further right than this would leave the axis. */
const LAST_LABEL = 0.95;

/** The plan as a Gantt chart: a row per command in the order of the plan, its wait light and its run dark. */
export function timeline(run: RunReport, dependencies: readonly (readonly number[])[], path: CriticalPath): Markup {
  const chart = barsOf(run);
  const { bars, spanMs, rowHeight } = chart;
  const isGraph = run.plan.strategy.type === 'dependency_graph';
  const critical = new Set(isGraph ? path.commands : []);
  const height = bars.length * rowHeight;
  const linked = failuresShown(run);
  const drawn = isGraph ? arrows(chart, dependencies) : null;
  return markup`<section id="timeline"><h2>Timeline</h2>
<div class="legend">${legend(isGraph)}<span class="zoom" hidden><button type="button" data-by="0.5" aria-label="Zoom out">−</button><button type="button" data-by="2" aria-label="Zoom in">+</button></span></div>
${bars.length < run.plan.commands.length ? markup`<p class="muted">The ${grouped(bars.length)} commands that ran longest, of ${grouped(run.plan.commands.length)}.</p>` : null}
${isGraph && drawn === null ? markup`<p class="muted">Dependencies are not drawn: there are too many to follow.</p>` : null}
<div class="gantt" style="--row:${rowHeight}px" tabindex="0" role="region" aria-label="Timeline">
<div class="corner"></div>${axis(spanMs)}<div class="corner end"></div>
<ol class="names" style="height:${height}px">${bars.map(({ index, result }) => markup`<li><a href="#${linked.has(index) ? 'failure' : 'command'}-${index}">${icon(result.status)}<span class="name">${labelOf(run.plan, index)}</span></a></li>`)}</ol>
<svg class="plot" height="${height}" role="img" aria-labelledby="timeline-title timeline-description">
<title id="timeline-title">Timeline of ${run.title}</title>
<desc id="timeline-description">${count(bars.length, 'row')} over ${durationOf(spanMs)}, a bar per command from its start to its end. The table of all commands has the same in numbers.</desc>
${bars.map(({ index }, row) => markup`<rect class="band" data-row="${index}" y="${row * rowHeight}" width="100%" height="${rowHeight}"/>`)}
${grid(spanMs)}
${drawn}
${bars.map((bar, row) => barOf(run, chart, bar, row, critical.has(bar.index)))}
</svg>
<ol class="values" style="height:${height}px" aria-hidden="true">${bars.map(({ result }) => markup`<li>${result.status === 'completed' ? null : markup`<span class="${result.status}">${outcomeOf(result)}</span>`}${result.startedAt === null ? null : markup` <span>${durationOf(result.durationMs)}</span>`}</li>`)}</ol>
</div>
</section>
`;
}

function barOf(run: RunReport, { spanMs, rowHeight }: Chart, bar: Bar, row: number, critical: boolean): Markup | null {
  const { index, result, waitFromMs, waitMs, startMs } = bar;
  if (startMs === null && waitMs === 0) return null;
  const margin = Math.round(rowHeight / 5);
  const y = row * rowHeight + margin;
  const height = rowHeight - 2 * margin;
  const tip = `${labelOf(run.plan, index)}: ${outcomeOf(result)}${startMs === null ? '' : `, ${durationOf(result.durationMs)} from ${durationOf(startMs)} on`}${waitMs < 1 ? '' : `, waited ${durationOf(waitMs)}`}`;
  const wait = markup`<rect class="wait ${result.status}" x="${lengthOf(waitFromMs, spanMs)}" y="${y + height / 4}" width="${lengthOf(waitMs, spanMs)}" height="${height / 2}"/>`;
  const at = markup`x="${lengthOf(startMs ?? 0, spanMs)}" width="${lengthOf(result.durationMs, spanMs)}"`;
  const ran = markup`<rect class="run ${result.status}" ${at} y="${y}" height="${height}" rx="2"/>`;
  const underline = markup`<rect class="critical" ${at} y="${y + height + 1}" height="2"/>`;
  return markup`<g data-row="${index}"><title>${tip}</title>${waitMs === 0 ? null : wait}${startMs === null ? null : ran}${critical && startMs !== null ? underline : null}</g>
`;
}

function axis(spanMs: number): Markup {
  const labels = ticksOf(spanMs).filter(({ atMs }) => atMs <= LAST_LABEL * spanMs);
  return markup`<svg class="axis" height="28" aria-hidden="true">${labels.map(({ atMs, label }) => markup`<text x="${lengthOf(atMs, spanMs)}" y="18" dx="4">${label}</text>`)}${grid(spanMs)}</svg>`;
}

function grid(spanMs: number): Markup {
  const lines = ticksOf(spanMs).map(({ atMs }) => {
    const x = lengthOf(atMs, spanMs);
    return markup`<line x1="${x}" x2="${x}" y1="0" y2="100%"/>`;
  });
  return markup`<g class="grid">${lines}</g>`;
}

function legend(isGraph: boolean): Markup {
  const bars = ['completed', 'failed', 'timeout', 'cancelled'].map(
    (status) =>
      markup`<span><svg width="22" height="12" aria-hidden="true"><rect class="run ${status}" x="1" y="1" width="20" height="10" rx="2"/></svg>${status === 'timeout' ? 'timed out' : status}</span>`,
  );
  const wait = markup`<span><svg width="22" height="12" aria-hidden="true"><rect class="wait completed" x="1" y="3.5" width="20" height="5"/></svg>waiting to start</span>`;
  const critical = markup`<span><svg width="22" height="12" aria-hidden="true"><rect class="critical" x="1" y="5" width="20" height="2"/></svg>critical path</span>`;
  return markup`${bars}${wait}${isGraph ? critical : null}`;
}
