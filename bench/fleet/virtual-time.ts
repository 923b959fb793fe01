import type { Clock } from '../../src/engine/runtime/runtime';

/** A clock that jumps to whatever is due next: 48 hours of ten thousand engines take seconds. */
export interface VirtualTime extends Clock {
  readonly at: (due: number, wake: () => void) => void;
  /** Lets everything happen that is due before `end`. */
  readonly run: (end: number) => Promise<void>;
}

interface Due {
  readonly due: number;
  /** First come, first served among those that are due at the same moment. */
  readonly order: number;
  readonly wake: () => void;
}

/** Promises that an event has settled go on before time does: enough turns for a call with its retries. */
async function settled(): Promise<void> {
  for (let i = 0; i < 20; i++) {
    await undefined;
  }
}

const before = (a: Due, b: Due): boolean => a.due < b.due || (a.due === b.due && a.order < b.order);

export function virtualTime(start: number): VirtualTime {
  const heap: Due[] = [];
  let now = start;
  let order = 0;

  function push(one: Due): void {
    let i = heap.push(one) - 1;
    for (let parent = (i - 1) >> 1; i > 0 && before(one, heap[parent] as Due); parent = (i - 1) >> 1) {
      heap[i] = heap[parent] as Due;
      i = parent;
    }
    heap[i] = one;
  }

  function pop(): Due {
    const first = heap[0] as Due;
    const last = heap.pop() as Due;
    if (heap.length > 0) {
      let i = 0;
      for (;;) {
        let child = 2 * i + 1;
        if (child + 1 < heap.length && before(heap[child + 1] as Due, heap[child] as Due)) {
          child++;
        }
        if (child >= heap.length || !before(heap[child] as Due, last)) {
          break;
        }
        heap[i] = heap[child] as Due;
        i = child;
      }
      heap[i] = last;
    }
    return first;
  }

  const at = (due: number, wake: () => void): void => push({ due: Math.max(due, now), order: order++, wake });
  return {
    now: () => now,
    ticks: () => now - start,
    sleep: ms => new Promise(resolve => at(now + ms, resolve)),
    at,
    async run(end) {
      while (heap.length > 0 && (heap[0] as Due).due < end) {
        const next = pop();
        now = next.due;
        next.wake();
        await settled();
      }
      now = end;
    }
  };
}
