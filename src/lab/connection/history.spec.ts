import { nullTranslator } from '@jupyterlab/translation';
import type { IStateDB } from '@jupyterlab/statedb';
import type { IHistoryEntry } from './history';
import { History } from './history';
import { CodeArtifactModel } from './model';
import { aConnection, aDocument, isoIn, NOW } from '../../../testing/fixtures/lab/documents';
import { fakeApi } from '../../../testing/fixtures/lab/fake-api';
import { privateTimeout, roleDenied } from '../../../testing/fixtures/lab/failures';
import { aStore } from '../../../testing/fixtures/lab/stores';
import type { IStore } from './store';
import { recordHistory } from './history-recorder';

const MINUTE = 60_000;
const WHO = 'Your network administrator can fix this.';
const trouble = { verdict: 'timeout', summary: 'x', since: isoIn(0) };

/** As the engine tells it. */
const outage = { since: new Date(NOW - MINUTE).toISOString(), repairedAt: new Date(NOW).toISOString() };

const SITUATIONS: Record<string, Partial<IStore>> = {
  loading: { document: null },
  ready: { document: aDocument({ connection: null, summary: 'Disconnected. The files are as before.' }) },
  connecting: { document: aDocument({ connection: aConnection({ state: 'connecting' }) }) },
  connected: {},
  mended: { document: aDocument({ outage }), repaired: true },
  'ready again': {
    document: aDocument({ connection: null, outage }),
    repaired: true
  },
  renewed: { document: aDocument({ connection: aConnection({ expiresAt: isoIn(720) }) }) },
  shadowed: { shadows: [{ kernelId: '1', file: 'a.ipynb', variables: ['NETRC'] }] },
  failing: { document: { ...privateTimeout, connection: aConnection({ trouble }) } },
  expired: { document: { ...privateTimeout, connection: aConnection({ state: 'expired', trouble }) } },
  timeout: { document: privateTimeout },
  denied: { document: roleDenied },
  still: { document: { ...privateTimeout, connection: aConnection() } }
};

/** The entries after these situations, one a minute, oldest first. */
function after(...names: string[]): (readonly [string, string, string])[] {
  const model = new CodeArtifactModel({ api: fakeApi(), pins: {} });
  const history = new History({ state: null });
  const recording = recordHistory(model, history, nullTranslator.load(''));
  names.forEach((name, index) => {
    const receivedAt = NOW + index * MINUTE;
    const store = aStore({ ...SITUATIONS[name], receivedAt });
    Object.assign(model, { _store: store });
    model.stateChanged.emit();
  });
  recording.dispose();
  const recorded = history.entries.length;
  Object.assign(model, { _store: aStore({ document: roleDenied, receivedAt: NOW + 60 * MINUTE }) });
  model.stateChanged.emit();
  // What happens after it was disposed is not recorded.
  expect(history.entries).toHaveLength(recorded);
  model.dispose();
  return [...history.entries]
    .reverse()
    .map(({ icon, title, detail }) => [icon, title, detail.replace(/until .*/, 'until TIME')] as const);
}

it.each<[string, string[], unknown[]]>([
  ['nothing at the start', ['loading', 'connected', 'connected'], []],
  ['connecting', ['ready', 'connecting', 'connected'], [['ok', 'Connected', 'analytics / isolatedsm']]],
  [
    'disconnecting, without what the title says',
    ['connected', 'ready'],
    [['off', 'Disconnected', 'The files are as before.']]
  ],
  ['a renewal', ['connected', 'renewed'], [['ok', 'Renewed', 'valid until TIME']]],
  ['what a kernel does is no event of the connection', ['connected', 'shadowed', 'connected'], []],
  ['a failure once', ['ready', 'timeout', 'timeout'], [['timeout', expect.stringMatching(/^Timeout/), WHO]]],
  [
    'another failure',
    ['ready', 'timeout', 'denied'],
    [
      ['timeout', expect.anything(), WHO],
      ['denied', expect.stringMatching(/^AccessDenied/), 'Your identity administrator can fix this.']
    ]
  ],
  [
    'a path that mends by itself',
    ['connected', 'still', 'mended'],
    [
      ['timeout', expect.anything(), WHO],
      ['ok', 'Connection path restored', 'after 1 min']
    ]
  ],
  [
    'a renewal that fails, and then works',
    ['connected', 'failing', 'expired', 'connected'],
    [
      ['error', 'Connected, renewal failing', WHO],
      ['timeout', expect.stringMatching(/^Token expired/), WHO],
      ['ok', 'Renewed', 'valid until TIME']
    ]
  ],
  [
    'a check that is green again',
    ['ready', 'timeout', 'ready again'],
    [
      ['timeout', expect.anything(), WHO],
      ['ok', 'Connection path restored', 'after 1 min']
    ]
  ],
  [
    'a disconnect of what is broken is no repair',
    ['connected', 'still', 'ready', 'connected'],
    [
      ['timeout', expect.anything(), WHO],
      ['off', 'Disconnected', 'The files are as before.'],
      ['ok', 'Connected', 'analytics / isolatedsm']
    ]
  ]
])('%s', (...[, names, entries]) => expect(after(...names)).toEqual(entries));

describe('the history', () => {
  const DAY = 24 * 60 * MINUTE;
  const entry = (at: number): IHistoryEntry => ({ at, icon: 'ok', title: 'Connected', detail: '' });
  const aState = (saved: unknown) => {
    const written: unknown[] = [];
    const state = {
      fetch: () => Promise.resolve(saved),
      save: (_: string, value: unknown) => Promise.resolve(void written.push(value))
    };
    return { state: state as unknown as IStateDB, written };
  };
  const turn = () => new Promise(resolve => setTimeout(resolve));

  it('keeps what is younger than seven days, and saves it', async () => {
    const { state, written } = aState([entry(NOW - 6 * DAY), entry(NOW - 7 * DAY), 'damaged']);
    const history = new History({ state });
    const changed = jest.fn();
    history.changed.connect(changed);
    await turn();
    expect(changed).toHaveBeenCalledTimes(1);
    history.add(entry(NOW));
    expect(history.entries.map(({ at }) => at)).toEqual([NOW, NOW - 6 * DAY]);
    expect(written).toEqual([history.entries]);
  });

  it('keeps a hundred entries at most', () => {
    const history = new History({ state: null });
    for (let index = 0; index < 120; index++) {
      history.add(entry(NOW + index));
    }
    expect(history.entries).toHaveLength(100);
    expect(history.entries[0].at).toBe(NOW + 119);
  });
});
