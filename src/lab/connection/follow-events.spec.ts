import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IStateDB } from '@jupyterlab/statedb';
import { Signal } from '@lumino/signaling';
import { CodeArtifactModel } from './model';
import { ResponseError } from '../api/client';
import { aDocument } from '../../../testing/fixtures/lab/documents';
import { fakeApi, type FakeApi } from '../../../testing/fixtures/lab/fake-api';
import { EVENT_SCHEMA } from '../tokens';
import { followEvents } from './follow-events';

let api: FakeApi;
let model: CodeArtifactModel;
let stop: () => void;
let saved: unknown[];
const stream = new Signal<object, unknown>({});

beforeEach(() => {
  jest.useFakeTimers();
  api = fakeApi();
  model = new CodeArtifactModel({ api, pins: {} });
  saved = [];
});
afterEach(() => {
  stop();
  model.dispose();
  jest.useRealTimers();
});

async function start(remembered?: unknown): Promise<void> {
  const app = { serviceManager: { events: { stream } }, restored: Promise.resolve() };
  const state = {
    fetch: () => Promise.resolve(remembered),
    save: (_: string, value: unknown) => Promise.resolve(void saved.push(value))
  };
  const following = followEvents(app as unknown as JupyterFrontEnd, model, state as unknown as IStateDB);
  stop = () => following.dispose();
  await jest.advanceTimersByTimeAsync(0);
}

const emit = (schema_id: string): void => void stream.emit({ schema_id });

it('asks nothing by itself: no engine is started for a page that does not use it', async () => {
  await start(undefined);
  await jest.advanceTimersByTimeAsync(10 * 60_000);
  expect(api.asked).toEqual([]);
});

it('asks when a connection was there when the page was left, and remembers whether there is one', async () => {
  await start(true);
  expect(api.asked).toEqual(['state']);
  await api.answer('state', aDocument());
  expect(saved).toEqual([true]);
  emit(EVENT_SCHEMA);
  await api.answer('state', aDocument({ connection: null }));
  expect(saved).toEqual([true, false]);
});

it('follows our events, and no others', async () => {
  await start();
  emit('https://events.jupyter.org/jupyter_server/contents_service/v1');
  expect(api.asked).toEqual([]);
  emit(EVENT_SCHEMA);
  expect(api.asked).toEqual(['state']);
});

it('polls once there is something to follow, for a broken socket', async () => {
  await start(true);
  await api.answer('state', aDocument());
  const before = api.asked.length;
  await jest.advanceTimersByTimeAsync(61_000);
  expect(api.asked.length).toBeGreaterThan(before);
});

it.each([
  ['when the server says so', 2, 2_000],
  ['soon, when it does not', undefined, 5_000]
])('looks for a stopped engine again %s', async (_, retryAfterSeconds, ms) => {
  await start(true);
  await api.fail(
    'state',
    new ResponseError(503, 'The engine stopped.', { reason: 'engine_stopped', retryAfterSeconds })
  );
  const before = api.asked.length;
  await jest.advanceTimersByTimeAsync(ms - 1_000);
  expect(api.asked.filter(name => name === 'state').length).toBe(before);
  await jest.advanceTimersByTimeAsync(1_100);
  expect(api.asked.length).toBe(before + 1);
});

it('is silent once it is disposed', async () => {
  await start(true);
  await api.answer('state', aDocument());
  const before = api.asked.length;
  stop();
  emit(EVENT_SCHEMA);
  await jest.advanceTimersByTimeAsync(10 * 60_000);
  expect(api.asked).toHaveLength(before);
});
