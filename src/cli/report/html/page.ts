import { createHash } from 'node:crypto';
import { Markup, markup } from '../markup.js';
import type { RunReport } from '../run-report.js';
import { definitions } from './icons.js';
import { SCRIPT } from './script.js';
import { STYLE } from './style.js';

/** The policy lets the page load nothing, and run no script but its own. */
export function page({ title, result, version }: RunReport, content: Markup): Markup {
  const hash = createHash('sha256').update(SCRIPT).digest('base64');
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${result.status}: ${title}</title>
<style>${Markup.of(STYLE)}</style>
</head>
<body>
${definitions}
${content}
<footer>execrx ${version} · plan <code>${result.planId}</code></footer>
<script>${Markup.of(SCRIPT)}</script>
</body>
</html>
`;
}
