import type { Alias, Pair, ParsedNode, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { Anchors } from './anchors.js';
import { MAX_ALIASED_VALUES } from './limits.js';
import { loadYaml } from './load-yaml.js';
import { Places } from './places.js';
import { type Fault, type Path, refuse } from './refuse.js';
import type { SourceText } from './source-text.js';
import { isMapping, type Mapping, type Value, WrittenScalar } from './value.js';

/** A file's values, and where each is written. */
export interface Tree {
  root: Value;
  places: Places;
}

type Node = ParsedNode | null;
type Entry = Pair<ParsedNode, Node>;
type MapNode = YAMLMap<ParsedNode, Node> & ParsedNode;
type ListNode = YAMLSeq<ParsedNode> & ParsedNode;

/**
 * Plain values of YAML nodes, with aliases and merge keys (`<<`) resolved.
 * @throws {PlanFileError} for keys that are there twice or are no text, and for aliases that lead nowhere or to too much
 */
export function treeOf(contents: Node, source: SourceText): Tree {
  const builder = new TreeBuilder(source);
  const root = builder.build(contents);
  refuse(source, builder.faults);
  return { root, places: builder.places };
}

/** Something that is wrong with what a path leads to, or with its last key. */
export function faultAt({ root, places }: Tree, path: Path, message: string, of: 'key' | 'value' = 'value'): Fault {
  return { offset: places.offsetOf(root, path, of), path, message };
}

class TreeBuilder {
  readonly faults: Fault[] = [];
  readonly places = new Places();
  readonly #yaml = loadYaml();
  readonly #anchors = new Anchors();
  readonly #path: PropertyKey[] = [];
  readonly #source: SourceText;

  constructor(source: SourceText) {
    this.#source = source;
  }

  build(node: Node): Value {
    if (this.#yaml.isAlias(node)) return this.#aliased(node);
    return this.#anchors.build(node?.anchor, () => {
      if (this.#yaml.isMap(node)) return this.#mapping(node as MapNode);
      if (this.#yaml.isSeq(node)) return this.#list(node as ListNode);
      return node === null ? null : this.#scalar(node as Scalar.Parsed);
    });
  }

  #aliased({ source, range: [offset] }: Alias.Parsed): Value {
    const resolved = this.#anchors.resolve(source);
    if (this.#anchors.explode) {
      this.#fault(offset, `the aliases up to here stand for more than ${MAX_ALIASED_VALUES} values`);
      refuse(this.#source, this.faults);
    }
    if ('value' in resolved) return resolved.value;
    this.#fault(offset, resolved.fault);
    return null;
  }

  #scalar({ value, source, range: [offset] }: Scalar.Parsed): Value {
    if (value === null || typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') {
      return new WrittenScalar(value, source ?? String(value));
    }
    this.#fault(offset, 'expected text, a number, true, false or null');
    return null;
  }

  #list(node: ListNode): Value[] {
    const list: Value[] = [];
    this.places.open(list, node.range[0]);
    for (const [index, item] of node.items.entries()) {
      const [offset] = item.range;
      this.places.set(list, index, { key: offset, value: offset });
      list.push(this.#at(index, () => this.build(item)));
    }
    return list;
  }

  #mapping(node: MapNode): Mapping {
    const mapping: Mapping = {};
    this.places.open(mapping, node.range[0]);
    const merged: Mapping[] = [];
    for (const entry of node.items) {
      const key = this.#keyOf(entry);
      if (key === null) continue;
      this.#at(key, () => {
        if (this.#isMergeKey(entry)) for (const from of this.#mergedBy(entry)) merged.push(from);
        else this.#put(mapping, key, entry);
      });
    }
    // What is written here goes first, then what comes first.
    for (const from of merged) this.#merge(mapping, from);
    return mapping;
  }

  #put(mapping: Mapping, key: string, { key: keyNode, value: node }: Entry): void {
    const [offset] = keyNode.range;
    const value = this.build(node);
    if (key === '__proto__') return this.#fault(offset, 'not a name that a key may have');
    if (Object.hasOwn(mapping, key)) return this.#fault(offset, 'this key is here already');
    mapping[key] = value;
    // A value that is not written is where its key is.
    const isWritten = node !== null && node.range[1] > node.range[0];
    this.places.set(mapping, key, { key: offset, value: isWritten ? node.range[0] : offset });
  }

  #mergedBy({ key, value: node }: Entry): Mapping[] {
    const value = this.build(node);
    const sources = Array.isArray(value) ? value : [value];
    if (sources.every(isMapping)) return sources;
    this.#fault((node ?? key).range[0], 'expected a mapping or a list of mappings to merge');
    return [];
  }

  #merge(into: Mapping, from: Mapping): void {
    for (const [key, value] of Object.entries(from)) {
      const place = this.places.get(from, key);
      if (Object.hasOwn(into, key) || place === undefined) continue;
      into[key] = value;
      this.places.set(into, key, place);
    }
  }

  #keyOf({ key }: Entry): string | null {
    if (this.#yaml.isScalar(key) && typeof key.value === 'string') return key.value;
    this.#fault(key.range[0], 'a key has to be text');
    return null;
  }

  #isMergeKey({ key }: Entry): boolean {
    return this.#yaml.isScalar(key) && key.type === 'PLAIN' && key.value === '<<';
  }

  #at<T>(key: PropertyKey, work: () => T): T {
    this.#path.push(key);
    const result = work();
    this.#path.pop();
    return result;
  }

  #fault(offset: number, message: string): void {
    this.faults.push({ offset, path: [...this.#path], message });
  }
}
