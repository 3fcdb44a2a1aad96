import { fc } from './fast-check.js';

/** What would do harm on a page, in a document, in a diagram or on a terminal, if it were more than text there. */
export const HOSTILE: readonly string[] = [
  '</script><script>alert("script")</script>',
  '<img src="https://example.invalid/x.png" onerror="alert(\'onerror\')">',
  '<svg onload=alert(1)>',
  '" onmouseover="alert(2)" x="',
  "' onfocus='alert(3)' autofocus='",
  '</pre></div></details>',
  '</title>',
  '</style>',
  '<!--',
  ']]>',
  '<![CDATA[',
  '&lt;b&gt; &amp; &#0; &nosuch;',
  '#quot;"] --> c0["',
  '%%{init: {"theme": "dark"}}%%',
  'style:x #9829;',
  '\0',
  '\x1b[31mred\x1b[0m',
  '\x1b]8;;https://example.invalid\x07link\x1b]8;;\x07',
  '\x1b]0;never ended',
  '\u009b31m',
  '\u2028',
  '\u2029',
  '\ud800',
  '\udc00',
  '\ufffe',
  '\uffff',
  '\u202egnp.exe',
  '\r',
  '\r\n',
  '\n',
  '\t',
  ' ',
];

/** Any text, mostly made of what is hostile. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...HOSTILE) }, fc.string({ unit: 'binary', maxLength: 8 })), {
    maxLength: 8,
  })
  .map((parts) => parts.join(''));
