import { getHeapSnapshot } from 'node:v8';

/** What a program makes. Strings come and go in pieces, as V8 likes; the rest is its own: code, shapes, feedback. */
const MADE = new Set(['object', 'closure', 'regexp']);

interface Snapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      readonly node_types: readonly [readonly string[], ...unknown[]];
    };
  };
  readonly nodes: readonly number[];
  readonly strings: readonly string[];
}

/** How many objects of each class are live. Taking it collects garbage, and takes a second. */
export async function countObjects(): Promise<ReadonlyMap<string, number>> {
  const parts: Buffer[] = [];
  for await (const part of getHeapSnapshot()) {
    parts.push(Buffer.from(part as Uint8Array));
  }
  const { snapshot, nodes, strings } = JSON.parse(Buffer.concat(parts).toString('utf8')) as Snapshot;
  const width = snapshot.meta.node_fields.length;
  const types = snapshot.meta.node_types[0];
  const counts = new Map<string, number>();
  for (let i = 0; i < nodes.length; i += width) {
    const type = types[nodes[i] ?? 0] ?? '';
    if (MADE.has(type)) {
      const name = `${type} ${strings[nodes[i + 1] ?? 0]}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return counts;
}
