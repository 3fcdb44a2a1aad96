/** Draws what `npm run bench -- --json out.json` has written, a chart a question: `node scripts/plot-benchmarks.mjs out.json docs/benchmarks`. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [from = 'out.json', to = 'docs/benchmarks'] = process.argv.slice(2);

/** The figure that answers a question. */
const FIGURES = [
  'perSecond',
  'millionPerSecond',
  'gigabytesPerSecond',
  'latencyP99Ms',
  'wallMs',
  'submitMicrosecondsEach',
  'microsecondsEach',
];
const WIDTH = 760;
const NAMES = 220;
const ROW = 26;
const TOP = 44;

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const rounded = (value) => value.toLocaleString('en', { maximumSignificantDigits: 3 });

function chart(title, figure, rows) {
  const most = Math.max(...rows.map(({ max }) => max));
  const scale = (value) => (value / most) * (WIDTH - NAMES - 90);
  const bars = rows.map(({ name, min, median, max }, index) => {
    const y = TOP + index * ROW;
    const middle = y + ROW / 2 - 3;
    return [
      `<text x="${NAMES - 8}" y="${middle + 4}" text-anchor="end">${escaped(name)}</text>`,
      `<rect class="${name.startsWith('execrx') ? 'ours' : 'other'}" x="${NAMES}" y="${y}" width="${scale(median)}" height="${ROW - 6}" rx="2"/>`,
      `<line x1="${NAMES + scale(min)}" x2="${NAMES + scale(max)}" y1="${middle}" y2="${middle}"/>`,
      `<text x="${NAMES + scale(max) + 8}" y="${middle + 4}">${rounded(median)}</text>`,
    ].join('');
  });
  const height = TOP + rows.length * ROW + 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}">
<style>
text { font: 13px system-ui, sans-serif; fill: #57606a } .title { font-weight: 600 } .ours { fill: #0969da } .other { fill: #8c959f }
line { stroke: #57606a; stroke-width: 1.5 }
@media (prefers-color-scheme: dark) { text { fill: #9198a1 } .ours { fill: #4493f8 } .other { fill: #656c76 } line { stroke: #d1d7e0 } }
</style>
<text class="title" x="0" y="18">${escaped(title)} (${figure}: median, least to greatest)</text>
${bars.join('\n')}
</svg>
`;
}

mkdirSync(to, { recursive: true });
const drawn = new Set();
for (const { question, title, measured } of JSON.parse(readFileSync(from, 'utf8')).answers) {
  const figure = FIGURES.find((name) => Object.values(measured).some((figures) => name in figures));
  if (figure === undefined || Object.keys(measured).length < 2) continue;
  const rows = Object.entries(measured).flatMap(([name, figures]) =>
    figures[figure] ? [{ name, ...figures[figure] }] : [],
  );
  const file = drawn.has(question) ? `${question}-${drawn.size}` : question;
  drawn.add(file);
  writeFileSync(join(to, `${file}.svg`), chart(title, figure, rows));
}
