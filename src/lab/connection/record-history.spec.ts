import { nullTranslator } from '@jupyterlab/translation';
import type { HistoryEntry } from './history';
import { CodeArtifactModel } from './model';
import { aConnection, aDocument, isoIn, NOW } from '../../../testing/fixtures/lab/documents';
import { fakeApi } from '../../../testing/fixtures/lab/fake-api';
import { privateTimeout, roleDenied } from '../../../testing/fixtures/lab/failures';
import { someFacts } from '../../../testing/fixtures/lab/stores';
import type { Store } from './store';
import { recordHistory } from './record-history';

const MINUTE = 60_000;
const trouble = { verdict: 'timeout', summary: 'x', since: isoIn(0) };

const SITUATIONS: Record<string, Partial<Store>> = {
  loading: { document: null },
  ready: { document: aDocument({ connection: null, summary: 'Disconnected. The files are as before.' }) },
  connecting: { document: aDocument({ connection: aConnection({ state: 'connecting' }) }) },
  connected: {},
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
  const entries: HistoryEntry[] = [];
  recordHistory(model, { entries, add: entry => entries.push(entry) }, nullTranslator.load(''));
  names.forEach((name, index) => {
    Object.assign(model, { _facts: someFacts({ ...SITUATIONS[name], receivedAt: NOW + index * MINUTE }) });
    model.touch();
  });
  model.dispose();
  return entries.map(
    ({ icon, title, detail }) => [icon, title, detail.replace(/until .*/, 'until TIME')] as const
  );
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
  ['a failure once', ['ready', 'timeout', 'timeout'], [['timeout', expect.stringMatching(/^Timeout/), '']]],
  [
    'another failure',
    ['ready', 'timeout', 'denied'],
    [
      ['timeout', expect.anything(), ''],
      ['denied', expect.stringMatching(/^AccessDenied/), '']
    ]
  ],
  [
    'a path that mends by itself',
    ['connected', 'still', 'connected'],
    [
      ['timeout', expect.anything(), ''],
      ['ok', 'Connection path restored', 'after 1 min']
    ]
  ],
  [
    'a renewal that fails, and then works',
    ['connected', 'failing', 'expired', 'connected'],
    [
      ['error', 'Connected, renewal failing', ''],
      ['timeout', expect.stringMatching(/^Token expired/), ''],
      ['ok', 'Renewed', 'valid until TIME']
    ]
  ],
  ['a check that is green again', ['timeout', 'ready'], [['ok', 'Connection path restored', 'after 1 min']]]
])('%s', (...[, names, entries]) => expect(after(...names)).toEqual(entries));
