import { nullTranslator } from '@jupyterlab/translation';
import type { IStateDB } from '@jupyterlab/statedb';
import { aConnection, aDocument } from '../../../testing/fixtures/lab/documents';
import { privateTimeout } from '../../../testing/fixtures/lab/failures';
import { fakeService, type FakeService } from '../../../testing/fixtures/lab/fake-service';
import { keepAsked, targetOf } from './asked';
import { askedText } from './asked-text';
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
  set({ document: null, settings: null });
  keepAsked(service.model, state);
  await new Promise(resolve => setTimeout(resolve));
}

const who = 'network administrator';
const broken = { ...privateTimeout, connection: aConnection() };
const set = (change: Partial<IStore>) => service.set({ asked: service.model.store.asked, ...change });
/** The panel, two minutes after the request was copied. */
const told = (fixer = who) =>
  askedText(nullTranslator.load(''), service.model.store, fixer, 2000 + 120_000).replace(/ at .*/, '');

async function ask(): Promise<void> {
  await load();
  set({ document: broken });
  service.model.setAsked({ at: 2000, who, target: targetOf(service.model.store) });
}

it('knows after a reload that somebody was asked, also while nothing is known of the path', async () => {
  await ask();
  await load();
  set({ document: aDocument({ rungs: [] }) });
  set({ document: broken });
  expect(told()).toBe('The request was copied');
});

it('forgets it with the repair', async () => {
  await ask();
  set({ document: aDocument() });
  expect([told(), kept]).toEqual(['', undefined]);
});

it('for another repository, or for somebody else to mend, nobody was asked yet', async () => {
  await ask();
  expect(told('identity administrator')).toBe('');
  await load();
  set({ document: { ...broken, connection: aConnection({ repository: 'scratch' }) } });
  expect(told()).toBe('');
});
