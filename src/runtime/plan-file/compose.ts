import type { CST, Document, ParsedNode, YAMLError } from 'yaml';
import type { PlanFileError } from '../../actors/protocol/errors.js';
import { MAX_DEPTH, MAX_KEPT_PROBLEMS, MAX_TOKENS } from './limits.js';
import { loadYaml } from './load-yaml.js';
import { pathAt } from './path-at.js';
import { type Fault, refusal, refuse } from './refuse.js';
import type { SourceText } from './source-text.js';

type Contents = ParsedNode | null;

/**
 * The text as a tree of YAML nodes; JSON is YAML.
 * @throws {PlanFileError} for what is not YAML, is too deep or too long, and for more than one document
 */
export function compose(source: SourceText): Contents {
  const tokens = [...parsed(source)];
  const [document, another] = withoutStackTraces(() => composed(tokens, source.text.length));
  if (document === undefined) return null;
  const { contents } = document;
  refuse(source, faultsOf(contents, [...document.errors, ...document.warnings]));
  if (another !== undefined) {
    const message = 'a second document begins here; a plan file holds one plan';
    refuse(source, [{ offset: another.range[0], path: [], message }]);
  }
  return contents as Contents;
}

/** Deep nesting has to be seen here, where a stack is kept: what comes later recurses. */
function* parsed(source: SourceText): Generator<CST.Token> {
  const { Lexer, Parser } = loadYaml();
  const parser = new Parser();
  let count = 0;
  for (const token of new Lexer().lex(source.text)) {
    yield* parser.next(token);
    if (parser.stack.length > MAX_DEPTH) throw refusedAt(parser.offset, `nested more than ${MAX_DEPTH} deep`);
    if (++count > MAX_TOKENS) throw refusedAt(parser.offset, `more than ${MAX_TOKENS} words and marks of YAML`);
  }
  yield* parser.end();

  function refusedAt(offset: number, message: string): PlanFileError {
    return refusal(source, [{ offset, path: [], message }]);
  }
}

/** Uniqueness of keys is checked by the tree: the library takes quadratic time for it. */
function composed(tokens: Iterable<CST.Token>, length: number): Document.Parsed[] {
  const { Composer } = loadYaml();
  // Naming the schema keeps a `%YAML 1.1` at the top from turning `yes` into `true`.
  const composer = new Composer<ParsedNode>({ schema: 'core', stringKeys: true, uniqueKeys: false });
  return [...composer.compose(tokens, true, length)];
}

/** The library makes an error object for each problem, and a file may have a million. */
function withoutStackTraces<T>(work: () => T): T {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** Of several complaints about one place, the first is the cause. */
function faultsOf(contents: Contents, errors: readonly YAMLError[]): Fault[] {
  const firsts = new Map<number, YAMLError>();
  for (const error of errors) if (!firsts.has(error.pos[0])) firsts.set(error.pos[0], error);
  const sorted = [...firsts.values()].sort((a, b) => a.pos[0] - b.pos[0]);
  return sorted.map((error, index) => {
    const [offset] = error.pos;
    // Each path takes a search, and what is not shown needs none.
    return { offset, path: index < MAX_KEPT_PROBLEMS ? pathAt(contents, offset) : [], message: messageOf(error) };
  });
}

/** Some of the library's messages go on with the text that is wrong, which the excerpt shows already or may not show. */
function messageOf({ code, message }: YAMLError): string {
  if (code === 'NON_STRING_KEY') return 'a key has to be text';
  if (code === 'TAG_RESOLVE_FAILED') return 'a tag that means nothing here (text that begins with ! needs quotes)';
  const [said = message] = message.replace(/(["'])quote$/, '$1').split(/(?<=\S): |\n/);
  return said;
}
