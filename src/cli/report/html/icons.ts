import type { TerminalStatus } from '../../../actors/protocol/execution.js';
import { type Markup, markup } from '../markup.js';

/** Shapes and patterns tell the states apart where colours do not. */
export const definitions: Markup = markup`<svg width="0" height="0" class="definitions" aria-hidden="true">
<symbol id="icon-completed" viewBox="0 0 16 16"><path d="M3 8.6l3.3 3.2L13 4.6"/></symbol>
<symbol id="icon-failed" viewBox="0 0 16 16"><path d="M4 4l8 8M12 4l-8 8"/></symbol>
<symbol id="icon-timeout" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.6"/><path d="M8 4.8V8l2.2 1.6"/></symbol>
<symbol id="icon-cancelled" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.6"/><path d="M4.2 11.8l7.6-7.6"/></symbol>
<pattern id="hatch-failed" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="ground" width="6" height="6"/><rect class="ink" width="2" height="6"/></pattern>
<pattern id="hatch-timeout" width="5" height="5" patternUnits="userSpaceOnUse"><rect class="ground" width="5" height="5"/><rect class="ink" width="1.6" height="5"/></pattern>
<marker id="arrow" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="6" markerHeight="6" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0l6 3-6 3z"/></marker>
</svg>`;

export function icon(status: TerminalStatus): Markup {
  return markup`<svg class="icon ${status}" role="img" aria-label="${status}"><use href="#icon-${status}"/></svg>`;
}
