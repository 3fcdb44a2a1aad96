interface Node<T> {
  item: T;
  priority: number;
  arrival: number;
  removed: boolean;
}

/** A place in the queue; give it back to `remove` to leave early. */
export type Place<T> = Readonly<Node<T>>;

/** Higher priority first, then order of arrival. Leaving early is constant time: the place is emptied and skipped when reached. */
export class PriorityQueue<T> {
  /** A binary heap: no node goes before its parent. */
  #heap: Array<Node<T>> = [];
  #arrivals = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(item: T, priority: number): Place<T> {
    const node = { item, priority, arrival: this.#arrivals++, removed: false };
    this.#insert(node);
    return node;
  }

  shift(): T | undefined {
    for (let top = this.#pop(); top !== undefined; top = this.#pop()) {
      if (top.removed) continue;
      this.#size--;
      (top as Node<T>).removed = true;
      return top.item;
    }
    return undefined;
  }

  remove(place: Place<T>): void {
    const node = place as Node<T>;
    if (node.removed) return;
    node.removed = true;
    this.#size--;
    if (this.#heap.length > 64 && this.#size < this.#heap.length / 2) this.#compact();
  }

  #insert(node: Node<T>): void {
    this.#size++;
    const heap = this.#heap;
    let index = heap.push(node) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(node, heap[parent] as Node<T>)) break;
      heap[index] = heap[parent] as Node<T>;
      index = parent;
    }
    heap[index] = node;
  }

  #pop(): Node<T> | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    let index = 0;
    for (;;) {
      let child = index * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1] as Node<T>, heap[child] as Node<T>)) child++;
      if (!before(heap[child] as Node<T>, last)) break;
      heap[index] = heap[child] as Node<T>;
      index = child;
    }
    heap[index] = last;
    return top;
  }

  /** A sorted array is a heap. */
  #compact(): void {
    this.#heap = this.#heap.filter((node) => !node.removed).sort((a, b) => (before(a, b) ? -1 : 1));
  }
}

function before(a: Node<unknown>, b: Node<unknown>): boolean {
  return a.priority === b.priority ? a.arrival < b.arrival : a.priority > b.priority;
}
