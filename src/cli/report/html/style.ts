export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f7f7f5; --paper: #ffffff; --ink: #1b1f24; --soft: #5d6670; --line: #e2e4e7; --hover: #f0f3f6;
  --completed: #1f7a72; --failed: #c0342b; --timeout: #a8620b; --cancelled: #6b747e; --arrow: #9aa3ad;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #121416; --paper: #1a1d21; --ink: #e5e8eb; --soft: #9aa4ae; --line: #2d3238; --hover: #23282e;
    --completed: #4fb3a7; --failed: #f2786c; --timeout: #dfa647; --cancelled: #8f99a3; --arrow: #66707a;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2.5rem 1.5rem 3rem; max-width: 78rem; background: var(--page); color: var(--ink); font: 15px/1.5 var(--sans); }
h1 { margin: .35rem 0 .15rem; font-size: 1.85rem; line-height: 1.2; font-weight: 650; letter-spacing: -.015em; overflow-wrap: anywhere; text-wrap: balance; }
h2 { margin: 0 0 .75rem; font-size: 1.15rem; font-weight: 650; letter-spacing: -.005em; }
h3 { margin: 0; font-size: .95rem; font-weight: 650; }
p { margin: 0 0 .75rem; max-width: 46rem; }
ol, ul, dl, dd { margin: 0; padding: 0; list-style: none; }
a { color: inherit; text-decoration-color: var(--line); text-underline-offset: .2em; }
a:hover { text-decoration-color: currentColor; }
code, pre, .name { font-family: var(--mono); font-size: .86em; }
code, .name, pre { unicode-bidi: isolate; }
.muted { color: var(--soft); }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.nowrap { white-space: nowrap; }
[hidden] { display: none !important; }
:focus-visible { outline: 2px solid var(--completed); outline-offset: 2px; }
:target { scroll-margin-top: 6rem; }
tr:target { background: var(--hover); }
.definitions { position: absolute; }
.icon { width: 1em; height: 1em; margin-right: .45em; vertical-align: -.13em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
.icon.completed, .values .completed, .status.completed { color: var(--completed); }
.icon.failed, .values .failed, .status.failed { color: var(--failed); }
.icon.timeout, .values .timeout, .status.timeout { color: var(--timeout); }
.icon.cancelled, .values .cancelled, .status.cancelled { color: var(--cancelled); }

header { margin-bottom: 2rem; }
header p { max-width: none; }
time { white-space: nowrap; }
.status { display: inline-flex; align-items: center; margin: 0; padding: .1rem .7rem .1rem .55rem; border: 1px solid currentColor; border-radius: 99px; font-size: .86rem; font-weight: 600; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); margin: 1.5rem 0 1.25rem; background: var(--paper); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
.figures > div { padding: .85rem 1.1rem .8rem; box-shadow: -1px -1px 0 var(--line); }
.figures dt { color: var(--soft); font-size: .82rem; }
.figures dd { font-size: 1.55rem; line-height: 1.25; font-weight: 600; letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
.figures dd.muted { font-size: .82rem; line-height: 1.4; font-weight: 400; letter-spacing: 0; }
.share { display: flex; gap: 2px; height: 6px; border-radius: 3px; overflow: hidden; }
.share span { min-width: 3px; flex-basis: 0; }
.share .completed, .meter .completed { background: var(--completed); }
.share .failed, .meter .failed { background: var(--failed); }
.share .timeout, .meter .timeout { background: var(--timeout); }
.share .cancelled, .meter .cancelled { background: var(--cancelled); }
.counts { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin-top: .6rem; font-size: .9rem; }
.counts .none, .counts .none .icon { color: var(--soft); }
.counts b { font-variant-numeric: tabular-nums; }

section { margin: 0 0 2.5rem; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1.5rem 2.5rem; }
.columns .muted { font-size: .88rem; margin: .15rem 0 .6rem; }
.shares li { display: grid; grid-template-columns: minmax(0, 1fr) auto 3.2rem; gap: 0 .75rem; align-items: baseline; padding: .3rem 0 .4rem; }
.shares .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.shares .number { font-size: .88rem; margin: 0; }
.meter { grid-column: 1 / -1; height: 4px; margin-top: .2rem; border-radius: 2px; background: var(--line); overflow: hidden; }
.meter span { display: block; height: 100%; min-width: 2px; }

.failure { margin-bottom: .6rem; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; }
.failure summary { display: flex; align-items: baseline; gap: .25rem .75rem; padding: .6rem 1rem; cursor: pointer; list-style: none; }
.failure summary::-webkit-details-marker { display: none; }
.failure summary::after { content: "+"; margin-left: .25rem; width: .8em; color: var(--soft); text-align: center; }
.failure[open] summary::after { content: "−"; }
.failure summary .icon { margin-right: 0; align-self: center; }
.failure summary .name { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 600; }
.failure summary .muted { font-variant-numeric: tabular-nums; }
.failure > div { padding: .1rem 1rem 1rem; }
.error { margin-bottom: .5rem; overflow-wrap: anywhere; white-space: pre-wrap; }
.error .code { color: var(--soft); }
.facts { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .15rem .9rem; font-size: .9rem; }
.facts dt { color: var(--soft); }
.facts dd { overflow-wrap: anywhere; max-height: 6rem; overflow: auto; }
.stream { margin: .75rem 0 .3rem; font-size: .82rem; color: var(--soft); }
/* Reversed, so that it is scrolled to its end at first. */
.tail { display: flex; flex-direction: column-reverse; max-height: 22rem; overflow: auto; background: var(--page); border: 1px solid var(--line); border-radius: 6px; }
.tail pre { margin: 0; padding: .7rem .9rem; font-size: .8rem; line-height: 1.5; tab-size: 4; white-space: pre-wrap; overflow-wrap: anywhere; }

.legend { display: flex; flex-wrap: wrap; align-items: center; gap: .3rem 1.25rem; margin-bottom: .7rem; color: var(--soft); font-size: .84rem; }
.legend svg { margin-right: .4rem; vertical-align: -.1em; }
.zoom { display: inline-flex; margin-left: auto; }
.zoom button { width: 1.9rem; height: 1.7rem; padding: 0; border: 1px solid var(--line); background: var(--paper); color: var(--ink); font: inherit; cursor: pointer; }
.zoom button:first-child { border-radius: 6px 0 0 6px; border-right: 0; }
.zoom button:last-child { border-radius: 0 6px 6px 0; }
.zoom button:hover { background: var(--hover); }
.gantt { display: grid; grid-template-columns: clamp(8rem, 20%, 15rem) minmax(var(--plot, 16rem), 1fr) max-content; max-height: min(85vh, 60rem); overflow: auto; background: var(--paper); border: 1px solid var(--line); border-radius: 10px; }
.gantt > * { background: var(--paper); }
.axis, .corner { position: sticky; top: 0; z-index: 2; height: 28px; border-bottom: 1px solid var(--line); }
.axis, .plot { display: block; width: 100%; }
.corner { left: 0; z-index: 4; border-right: 1px solid var(--line); }
.corner.end { left: auto; right: 0; border-right: 0; border-left: 1px solid var(--line); }
.axis text { fill: var(--soft); font-size: 11px; font-variant-numeric: tabular-nums; }
.grid line { stroke: var(--line); shape-rendering: crispEdges; }
.names, .values { position: sticky; z-index: 3; font-size: min(.9rem, calc(var(--row) * .64)); }
.names { left: 0; border-right: 1px solid var(--line); }
.values { right: 0; padding: 0 .9rem 0 .75rem; border-left: 1px solid var(--line); text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.names li, .values li { height: var(--row); line-height: var(--row); }
.values li > span + span { margin-left: .6em; }
.names a { display: flex; align-items: center; height: 100%; padding: 0 .75rem; text-decoration: none; }
.names a:hover { background: var(--hover); }
.names .name { font-size: .92em; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.band { fill: transparent; }
.band:hover { fill: var(--hover); }
.run { stroke-width: 1.2; }
.run.completed { fill: var(--completed); stroke: var(--completed); }
.run.failed { fill: url(#hatch-failed); stroke: var(--failed); }
.run.timeout { fill: url(#hatch-timeout); stroke: var(--timeout); }
.run.cancelled { fill: var(--paper); stroke: var(--cancelled); stroke-dasharray: 3 2; }
.wait { opacity: .38; }
.wait.completed { fill: var(--completed); }
.wait.failed { fill: var(--failed); }
.wait.timeout { fill: var(--timeout); }
.wait.cancelled { fill: var(--cancelled); }
.critical { fill: var(--ink); }
#hatch-failed .ground { fill: var(--failed); }
#hatch-timeout .ground { fill: var(--timeout); }
#hatch-failed .ink, #hatch-timeout .ink { fill: var(--paper); opacity: .55; }
.arrows svg { overflow: visible; fill: none; stroke: var(--arrow); pointer-events: none; }
.arrows :last-child { marker-end: url(#arrow); }
.arrows .lit { stroke: var(--ink); stroke-width: 1.5; }
#arrow { fill: var(--arrow); fill: context-stroke; stroke: none; }

.filter { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; margin-bottom: .75rem; font-size: .9rem; }
.filter select, .filter input { margin-left: .3rem; padding: .25rem .5rem; border: 1px solid var(--line); border-radius: 6px; background: var(--paper); color: var(--ink); font: inherit; }
.filter output { font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; background: var(--paper); border: 1px solid var(--line); border-radius: 10px; }
table { width: 100%; border-collapse: collapse; font-size: .88rem; }
th { text-align: left; font-weight: 400; }
th.number { text-align: right; }
thead th { padding: .5rem .8rem; color: var(--soft); font-size: .82rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
tbody td, tbody th { padding: .32rem .8rem; vertical-align: baseline; }
tbody tr + tr > * { border-top: 1px solid var(--line); }
tbody tr:hover { background: var(--hover); }
tbody th { overflow-wrap: anywhere; }
tbody th .name + code { margin-left: .5rem; }
footer { color: var(--soft); font-size: .82rem; }
@media (max-width: 44rem) {
  body { padding: 1.25rem .9rem 2rem; }
  .values, .corner.end { position: static; }
}
@media print {
  .gantt, .tail { max-height: none; overflow: visible; }
  .zoom, .filter { display: none; }
}
`;
