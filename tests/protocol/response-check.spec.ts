import { aDocument } from '../../testing/fixtures/lab/documents';
import { ON_DEMAND_SCENES } from '../../testing/fixtures/lab/on-demand-scenes';
import { SCENES } from '../../testing/fixtures/lab/scenes';
import { isDocument } from '../../src/lab/api/response-check';
import { DocumentSchema } from '../../src/protocol/document';

/** The browser's light check never refuses what the schema accepts: it only keeps the panel from what would break it. */

const documents = [
  aDocument(),
  ...[...SCENES, ...ON_DEMAND_SCENES].flatMap(({ store }) => store.document ?? [])
];

/** Every document that differs from this one in one value: left out, or of another type. */
function* mutations(value: unknown, put: (next: unknown) => unknown): Generator<unknown> {
  for (const wrong of [undefined, null, 7, 'x', [], {}]) {
    yield put(wrong);
  }
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) {
      yield* mutations(item, next => put(value.with(at, next)));
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      yield* mutations(item, next => put({ ...value, [key]: next }));
    }
  }
}

test('what the schema accepts, the browser accepts; and it refuses something', () => {
  let refused = 0;
  let accepted = 0;
  for (const document of documents) {
    expect([document.summary, isDocument(document)]).toEqual([document.summary, true]);
    for (const mutation of mutations(document, next => next)) {
      const light = isDocument(mutation);
      refused += light ? 0 : 1;
      if (DocumentSchema.safeParse(mutation).success) {
        accepted += 1;
        expect([JSON.stringify(mutation), light]).toEqual([JSON.stringify(mutation), true]);
      }
    }
  }
  expect(refused).toBeGreaterThan(1000);
  expect(accepted).toBeGreaterThan(1000);
});
