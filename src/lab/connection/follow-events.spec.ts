import type { JupyterFrontEnd } from '@jupyterlab/application';
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
const stream = new Signal<object, unknown>({});

beforeEach(() => {
  jest.useFakeTimers();
  api = fakeApi();
  model = new CodeArtifactModel({ api, pins: {} });
});
afterEach(() => {
  stop();
  model.dispose();
  jest.useRealTimers();
});

async function start(known = aDocument({ connection: null })): Promise<void> {
  const app = { serviceManager: { events: { stream } }, restored: Promise.resolve() };
  const following = followEvents(app as unknown as JupyterFrontEnd, model);
  stop = () => following.dispose();
  await jest.advanceTimersByTimeAsync(0);
  expect(api.asked.splice(0)).toEqual(['known']);
  await api.answer('known', known);
}

const emit = (schema_id: string): void => void stream.emit({ schema_id });

it('asks nothing more by itself: no engine is started for a page that does not use it', async () => {
  await start();
  await jest.advanceTimersByTimeAsync(10 * 60_000);
  expect(api.asked).toEqual([]);
  expect(model.document).toBeNull();
});

it('knows a connection from the beginning, also one that a lifecycle script made', async () => {
  const known = aDocument({ rungs: [], files: [] });
  await start(known);
  expect(model.document).toBe(known);
  emit(EVENT_SCHEMA);
  await api.answer('state', aDocument({ connection: null }));
  expect(model.document?.connection).toBeNull();
});

it('follows our events, and no others', async () => {
  await start();
  emit('https://events.jupyter.org/jupyter_server/contents_service/v1');
  expect(api.asked).toEqual([]);
  emit(EVENT_SCHEMA);
  expect(api.asked).toEqual(['state']);
});

it('asks in a page that nobody sees when it is looked at, once', async () => {
  await start();
  const hidden = jest.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  const show = (isHidden: boolean): void => {
    hidden.mockReturnValue(isHidden);
    document.dispatchEvent(new Event('visibilitychange'));
  };
  emit(EVENT_SCHEMA);
  emit(EVENT_SCHEMA);
  show(true);
  expect(api.asked).toEqual([]);
  show(false);
  show(true);
  show(false);
  expect(api.asked).toEqual(['state']);
  hidden.mockRestore();
});

it('polls once there is something to follow, for a broken socket', async () => {
  await start(aDocument());
  const before = api.asked.length;
  await jest.advanceTimersByTimeAsync(61_000);
  expect(api.asked.length).toBeGreaterThan(before);
});

it.each([
  ['when the server says so', 2, 2_000],
  ['soon, when it does not', undefined, 5_000]
])('looks for a stopped engine again %s', async (_, retryAfterSeconds, ms) => {
  await start();
  void model.reload();
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
  await start(aDocument());
  const before = api.asked.length;
  stop();
  emit(EVENT_SCHEMA);
  await jest.advanceTimersByTimeAsync(10 * 60_000);
  expect(api.asked).toHaveLength(before);
});
