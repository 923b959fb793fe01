import type { IStateDB } from '@jupyterlab/statedb';
import { aConnection, aDocument } from '../../../testing/fixtures/lab/documents';
import { privateTimeout } from '../../../testing/fixtures/lab/failures';
import { fakeService, type FakeService } from '../../../testing/fixtures/lab/fake-service';
import { keepOutage } from './outage-keeper';
import type { IStore } from './store';

let service: FakeService;
let kept: unknown;

beforeEach(() => {
  service = fakeService();
  kept = undefined;
});
afterEach(() => service.dispose());

const state = {
  fetch: () => Promise.resolve(kept),
  save: (_: string, value: unknown) => Promise.resolve(void (kept = value)),
  remove: () => Promise.resolve(void (kept = undefined))
} as unknown as IStateDB;

/** The page is loaded again: another model, the same state database. */
async function load(): Promise<void> {
  service.dispose();
  service = fakeService();
  keepOutage(service.model, state);
  await new Promise(resolve => setTimeout(resolve));
}

const OUTAGE = { since: 1000, askedAt: 2000, who: 'network administrator' };
const broken = { ...privateTimeout, connection: aConnection() };
const set = (change: Partial<IStore>) => service.set(change);

it('knows after a reload since when something is broken, and that somebody was asked', async () => {
  await load();
  set({ document: broken, outage: OUTAGE });
  await load();
  set({ document: null, settings: null });
  set({ document: aDocument({ rungs: [] }) });
  set({ document: broken, outage: { since: 9000, askedAt: null, who: '' } });
  expect(service.model.store.outage).toEqual(OUTAGE);
});

it('knows that somebody was asked although the engine tells since when', async () => {
  await load();
  set({ document: broken, outage: OUTAGE });
  await load();
  set({ document: broken, outage: { since: OUTAGE.since, askedAt: null, who: '' } });
  expect(service.model.store.outage).toEqual(OUTAGE);
});

it('forgets it with the repair', async () => {
  await load();
  set({ document: broken, outage: OUTAGE });
  set({ document: aDocument() });
  expect(kept).toBeUndefined();
});

it('another repository’s outage is another one', async () => {
  await load();
  set({ document: broken, outage: OUTAGE });
  await load();
  const other = { ...broken, connection: aConnection({ repository: 'scratch' }) };
  set({ document: other, outage: { since: 9000, askedAt: null, who: '' } });
  expect(service.model.store.outage?.since).toBe(9000);
});
