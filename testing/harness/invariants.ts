import { DocumentSchema, type Document } from '../../src/protocol/document';
import { rootCause } from '../../src/engine/diagnosis/root-cause';

/** A state that contradicts itself is a bug whatever led there. */
export function sane(document: Document): Document {
  expect(DocumentSchema.parse(document)).toEqual(document);
  expect(document.summary).not.toBe('');
  const { connection, verdict, rungs } = document;
  const live = rungs.some(rung => rung.verdict === 'running' || rung.verdict === 'waiting');
  if (live) {
    expect(verdict).toBe('ok');
    return document;
  }
  const root = rootCause(rungs);
  if (root && verdict !== 'cancelled') {
    expect([verdict, document]).toEqual([root.verdict, document]);
  }
  if (verdict === 'ok') {
    expect(root).toBeNull();
    expect(connection?.state ?? 'connected').not.toMatch(/failed|expired/);
  }
  if (connection?.state === 'failed') {
    expect(connection.trouble?.verdict).toBe(verdict);
  }
  return document;
}
