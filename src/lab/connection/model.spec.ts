import { ServerConnection } from '@jupyterlab/services';
import { ResponseError } from '../api/client';
import { aConnection, aDocument, brokenAt, rungs } from '../../../testing/fixtures/lab/documents';
import { fakeApi } from '../../../testing/fixtures/lab/fake-api';
import { repairOf } from './repair';
import { viewStateOf } from './view-state';
import { CodeArtifactModel } from './model';

const ready = aDocument({ connection: null, rungs: [], files: [] });
const timeout = brokenAt({ id: 'tcp.api', verdict: 'timeout' });
/** The path is dead while the token still serves. */
const red = { ...timeout, connection: aConnection() };

describe('the model', () => {
  let api: ReturnType<typeof fakeApi>;
  let model: CodeArtifactModel;
  const kind = (): string => viewStateOf(model.store).kind;
  const pass = async (ms: number): Promise<void> => {
    await jest.advanceTimersByTimeAsync(ms);
  };

  beforeEach(() => {
    jest.useFakeTimers();
    api = fakeApi();
    model = new CodeArtifactModel({ api, pins: {} });
    model.setSettings({ domain: 'analytics', repository: 'isolatedsm' });
    model.setVisible(true);
  });

  afterEach(() => {
    model.dispose();
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  const shown = async (document: unknown): Promise<void> => {
    void model.reload();
    await api.answer('state', document);
  };

  it('asks nothing by itself', async () => {
    await pass(600_000);
    expect(api.asked).toEqual([]);
  });

  it('goes straight to Connected when connecting is fast: no arc', async () => {
    await shown(ready);
    const kinds: string[] = [];
    model.stateChanged.connect(() => kinds.push(kind()));
    void model.connect();
    await pass(240);
    await api.answer('connect', aDocument());
    expect([...new Set(kinds)]).toEqual(['ready', 'connected']);
    await pass(200);
    expect(kind()).toBe('connected');
  });

  it('shows that it connects after a quarter of a second', async () => {
    await shown(ready);
    void model.connect();
    await pass(250);
    expect(kind()).toBe('connecting');
    await api.answer('connect', timeout);
    expect(kind()).toBe('broken');
  });

  it('a check that is asked for meanwhile ends with what is under way', async () => {
    await shown(ready);
    const ended: string[] = [];
    void model.connect();
    void model.check().then(() => ended.push(kind()));
    await pass(1);
    expect([ended, api.asked.filter(question => question === 'diagnose')]).toEqual([[], []]);
    await api.answer('connect', aDocument());
    expect(ended).toEqual(['connected']);
    const failing = model.connectTo(() => Promise.reject(new Error('read-only')));
    const check = model.check();
    await expect(failing).rejects.toThrow('read-only');
    await expect(check).rejects.toThrow('read-only');
    expect(model.store.busy).toBeNull();
  });

  it('shows the rungs live: each event is one reading, and never two at once', async () => {
    await shown(ready);
    void model.connect();
    await pass(100);
    void model.reload();
    void model.reload();
    void model.reload();
    expect(api.asked.filter(question => question === 'state')).toHaveLength(2);
    const live = aDocument({
      running: true,
      connection: aConnection({ state: 'connecting' }),
      rungs: rungs({ id: 'tcp.api', verdict: 'running' }, 'waiting')
    });
    await api.answer('state', live);
    expect(model.store.live).toBe(live);
    expect(model.document).toBe(ready);
    // What was asked meanwhile is answered by one more.
    expect(api.asked.filter(question => question === 'state')).toHaveLength(3);
    await api.answer('state', live);
    await api.answer('connect', aDocument());
    expect(kind()).toBe('connected');
  });

  it('does not start a second Connect while one runs', async () => {
    await shown(ready);
    void model.connect();
    void model.connect();
    expect(api.asked.filter(question => question === 'connect')).toHaveLength(1);
    await api.answer('connect', aDocument());
  });

  it('cancels by asking the engine, whose connect then answers', async () => {
    await shown(ready);
    void model.connect();
    await pass(500);
    void model.cancel();
    const cancelled = brokenAt({ id: 'tcp.api', verdict: 'cancelled' });
    await api.answer('cancel', cancelled);
    expect(kind()).toBe('connecting');
    await api.answer('connect', cancelled);
    expect(viewStateOf(model.store)).toMatchObject({ kind: 'broken', verdict: 'cancelled' });
  });

  describe('while red', () => {
    beforeEach(async () => {
      await shown(ready);
      void model.connect();
      await pass(3300);
      await api.answer('connect', timeout);
    });

    it('asks for no check by itself: the engine makes them', async () => {
      await pass(3_600_000);
      expect(api.asked).toEqual(['state', 'connect']);
    });

    it('counts down to the next check, and to those behind it, which it does not ask for', async () => {
      const nextCheckAt = new Date(Date.now() + 10_000).toISOString();
      await shown({ ...timeout, outage: { since: nextCheckAt, nextCheckAt, checkSeconds: 60 } });
      expect(model.store.nextCheckAt).toBe(Date.now() + 10_000);
      await pass(10_500);
      expect(model.store.nextCheckAt).toBe(Date.now() + 59_500);
      await pass(60_000);
      expect(model.store.nextCheckAt).toBe(Date.now() + 59_500);
    });

    it('changes nothing when nothing is new', async () => {
      await shown(timeout);
      const changes = jest.fn();
      model.stateChanged.connect(changes);
      await shown(timeout);
      expect(changes).not.toHaveBeenCalled();
    });

    it('keeps its verdict while the engine looks on, whatever the state says meanwhile', async () => {
      const kinds: string[] = [];
      model.stateChanged.connect(() => kinds.push(kind()));
      for (const rung of ['dns.api', 'tcp.api', 'index'] as const) {
        await shown(aDocument({ running: true, rungs: rungs({ id: rung, verdict: 'running' }, 'waiting') }));
      }
      await shown(aDocument({ running: true, rungs: [] }));
      await shown({ ...timeout });
      expect([...new Set(kinds)]).toEqual(['broken']);
      expect(model.store.live).toBeNull();
    });

    it('turns green at once, and shows when and after how long, as the engine tells it by its own clock', async () => {
      const server = Date.now() - 3_600_000;
      const iso = (at: number) => new Date(at).toISOString();
      const outage = { since: iso(server - 130 * 60_000), repairedAt: iso(server - 4000) };
      const mended = { ...aDocument({ at: iso(server), outage }), connection: null };
      await shown(mended);
      expect([kind(), model.store.repaired]).toEqual(['ready', true]);
      expect(repairOf(model.store)).toEqual({ at: Date.now() - 4000, after: 130 * 60_000 - 4000 });
      await shown({ ...mended });
      expect(model.store.repaired).toBe(false);
    });

    it('is told of an older repair by an engine that was started again, and takes it for no news', async () => {
      const iso = (ago: number) => new Date(Date.now() - ago).toISOString();
      await shown(aDocument({ at: iso(60_000) }));
      const outage = { since: iso(3 * 3_600_000), repairedAt: iso(3_600_000) };
      await shown(aDocument({ at: iso(0), outage }));
      expect([model.store.repaired, repairOf(model.store)?.after]).toEqual([false, 2 * 3_600_000]);
    });

    it('knows no repair when something is disconnected, nor when it is connected again', async () => {
      void model.disconnect();
      await api.answer('disconnect', ready);
      expect([kind(), model.store.repaired]).toEqual(['ready', false]);
      void model.connect();
      await api.answer('connect', aDocument());
      expect([kind(), repairOf(model.store)]).toEqual(['connected', null]);
    });

    it('a connection that the engine makes meanwhile is shown when it stands', async () => {
      await shown(aDocument({ running: true, connection: aConnection({ state: 'connecting' }), rungs: [] }));
      expect(kind()).toBe('broken');
      await shown(aDocument());
      expect(kind()).toBe('connected');
    });
  });

  it('tells the server with each reading whether somebody sees it', async () => {
    await shown(ready);
    model.setVisible(false);
    await shown(ready);
    expect(api.watching).toEqual([true, false]);
  });

  describe('while green', () => {
    beforeEach(() => shown(aDocument()));

    it('turns red when the engine says so', async () => {
      await shown(red);
      expect(viewStateOf(model.store)).toMatchObject({ kind: 'broken', verdict: 'timeout' });
    });

    it('believes the first failure of a check that has a reason, such as a cell that failed', async () => {
      void model.check();
      await api.answer('diagnose', red);
      expect(viewStateOf(model.store)).toMatchObject({ kind: 'broken', verdict: 'timeout' });
      expect([api.unasked, model.store.done]).toEqual([['diagnose'], null]);
    });

    it('shows at once what its user asked for, and its verdict until then', async () => {
      void model.diagnose();
      await pass(500);
      expect(kind()).toBe('connected');
      expect(model.store.busy?.shown).toBe(true);
      await api.answer('diagnose', red);
      expect(kind()).toBe('broken');
    });

    it('shows no arcs of a check in another window', async () => {
      await shown(aDocument({ rungs: rungs({ id: 'tcp.api', verdict: 'running' }, 'waiting') }));
      expect(kind()).toBe('connected');
    });
  });

  describe('a token that is not renewed', () => {
    const connection = (minutes: number) =>
      aConnection({ refreshAt: undefined, expiresAt: new Date(Date.now() + minutes * 60_000).toISOString() });

    it('is told from half an hour before its end, and read again when it has ended', async () => {
      await shown(aDocument({ connection: connection(40) }));
      model.setVisible(false);
      expect(kind()).toBe('connected');
      await pass(10 * 60_000);
      expect(kind()).toBe('ending');
      const reads = api.asked.length;
      await pass(30 * 60_000 + 1);
      expect(api.asked.slice(reads)).toEqual(['state']);
      await api.answer('state', aDocument({ connection: { ...connection(0), state: 'expired' } }));
      expect(kind()).toBe('expired');
    });

    it('one that is renewed is not', async () => {
      await shown(aDocument({ connection: { ...connection(10), refreshAt: new Date().toISOString() } }));
      expect(kind()).toBe('connected');
    });
  });

  describe('without an engine', () => {
    it.each([
      [404, {}, 'server_missing'],
      [403, {}, 'not_allowed'],
      [503, { reason: 'node_missing' }, 'node_missing'],
      [503, { reason: 'engine_failed' }, 'engine_failed'],
      [503, { reason: 'engine_stopped' }, 'engine_stopped'],
      [500, {}, 'unexpected']
    ])('a %i with %j is %s', async (status, body, problem) => {
      void model.reload();
      await api.fail('state', new ResponseError(status, 'said', body));
      expect(viewStateOf(model.store)).toMatchObject({ kind: 'degraded', problem: { kind: problem } });
    });

    it('keeps the last state while the Jupyter server does not answer, and is well again with the next answer', async () => {
      await shown(aDocument());
      void model.reload();
      await api.fail('state', new ServerConnection.NetworkError(new TypeError('failed to fetch')));
      expect(kind()).toBe('connected');
      expect(model.store.problem?.kind).toBe('unreachable');
      await shown(aDocument());
      expect(model.store.problem).toBeNull();
    });
  });

  it('lists repositories once', async () => {
    void model.list();
    void model.list();
    expect(api.asked).toEqual(['repositories']);
    await api.answer('repositories', { domains: [], repositories: [] });
  });
});
