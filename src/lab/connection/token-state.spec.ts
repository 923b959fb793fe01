import { nullTranslator } from '@jupyterlab/translation';
import { aConnection, aDocument, brokenAt, isoIn, NOW } from '../../../testing/fixtures/lab/documents';
import { aStore } from '../../../testing/fixtures/lab/stores';
import type { Connection } from '../../protocol/connection';
import type { CheckId, Rung } from '../../protocol/rung';
import { actionsFor } from '../commands/actions';
import { plain } from '../ui/trans';
import { statusBarText } from './status-bar-text';
import { statusMessage } from './status-message';
import { viewStateOf } from './view-state';

const trans = nullTranslator.load('');
const TOLD = { host: 'codeartifact.eu-central-1.amazonaws.com' };
const NETWORK = 'Your network administrator can fix this.';

/** A timeout, with nothing behind it checked. */
function unchecked(id: CheckId, evidence: Record<string, unknown>, still = true) {
  const broken = brokenAt({ id, verdict: 'timeout', evidence });
  const store = aStore({ document: still ? { ...broken, connection: aConnection() } : broken });
  const view = viewStateOf(store);
  const { sentence } = statusMessage(trans, view, store, NOW);
  return { sentence: plain(sentence), actions: actionsFor(trans, view) };
}

describe('a path that broke while a token still serves', () => {
  const PROMISE = / pip keeps working with the present token until \S+( [AP]M)?\.$/;
  const silent = { ...TOLD, cause: 'tcp_silent', addressClass: 'private' };
  /** The API is silent; what pip itself uses was checked, with this verdict of one check. */
  const sentence = (id: CheckId, verdict: Rung['verdict']): string => {
    const broken = brokenAt({ id: 'tcp.api', verdict: 'timeout', evidence: silent });
    const rungs = broken.rungs.map(rung =>
      rung.id === id
        ? { ...rung, verdict, because: undefined }
        : rung.verdict === 'skipped'
          ? { ...rung, verdict: 'ok' as const, because: undefined }
          : rung
    );
    const store = aStore({ document: { ...broken, rungs, connection: aConnection() } });
    return plain(statusMessage(trans, viewStateOf(store), store, NOW).sentence);
  };

  it('promises that pip works where the repository endpoint and the index answered', () => {
    expect(sentence('index', 'ok')).toMatch(PROMISE);
    expect(sentence('tls.repository', 'skipped')).toMatch(PROMISE);
  });

  it.each<[CheckId, Rung['verdict']]>([
    ['tcp.repository', 'timeout'],
    ['index', 'skipped'],
    ['index', 'access_denied'],
    ['tools', 'write_failed']
  ])('promises nothing when %s is %s in the same picture', (id, verdict) => {
    expect(sentence(id, verdict)).not.toMatch(PROMISE);
  });

  it('promises nothing where nothing behind the API was checked', () => {
    expect(unchecked('tcp.api', silent).sentence).not.toMatch(PROMISE);
    expect(unchecked('tcp.repository', { ...TOLD, cause: 'tcp_silent' }).sentence).toBe(
      'The API works and gave a token, but pip would hang: the second endpoint does not answer.'
    );
  });

  it('can be disconnected: our lines are on the disk', () => {
    const labels = (still: boolean) => unchecked('tcp.api', silent, still).actions.map(({ label }) => label);
    expect(labels(true)).toContain('Disconnect');
    expect(labels(false)).not.toContain('Disconnect');
  });
});

describe('a renewal that fails', () => {
  const trouble = { verdict: 'timeout' as const, summary: '', since: isoIn(-3) };
  const told = (document: ReturnType<typeof brokenAt>) => {
    const store = aStore({ document: { ...document, connection: aConnection({ trouble }) } });
    const view = viewStateOf(store);
    return { kind: view.kind, ...statusMessage(trans, view, store, NOW), actions: actionsFor(trans, view) };
  };
  const api = brokenAt({ id: 'tcp.api', verdict: 'timeout', evidence: TOLD });
  const withRepository = (verdict: Rung['verdict']) => ({
    ...api,
    rungs: api.rungs.map(rung => (rung.id === 'tcp.repository' ? { ...rung, verdict } : rung))
  });

  it('is amber, and promises pip only where the index was seen to answer', () => {
    const well = {
      ...api,
      rungs: api.rungs.map(rung => (rung.verdict === 'skipped' ? { ...rung, verdict: 'ok' as const } : rung))
    };
    expect([told(well).kind, plain(told(well).sentence)]).toEqual([
      'failing',
      expect.stringMatching(/^pip works until /)
    ]);
    expect([told(api).kind, plain(told(api).sentence)]).toEqual([
      'failing',
      expect.stringMatching(/^Renewal has failed since /)
    ]);
  });

  it('is not what counts where the repository endpoint is silent too', () => {
    const { kind, headline, sentence, actions } = told(withRepository('timeout'));
    expect([kind, headline]).toEqual(['broken', 'Timeout at the API endpoint']);
    expect(sentence).not.toMatch(/works/);
    expect(actions.map(({ label }) => label)).toEqual(['Copy request', 'Check now', 'Disconnect']);
  });
});

describe('while the engine does not answer', () => {
  const problem = { kind: 'engine_stopped' as const, message: 'It restarts automatically.' };
  const told = (document: ReturnType<typeof aDocument>) => {
    const store = aStore({ document, problem });
    const view = viewStateOf(store);
    return [statusMessage(trans, view, store, NOW).sentence, statusBarText(trans, view, store, NOW).text];
  };

  it('pip is said to work only where it was seen to', () => {
    expect(told(aDocument())).toEqual([expect.stringContaining('pip keeps working'), 'No answer']);
    const broken = brokenAt({ id: 'tcp.repository', verdict: 'timeout', evidence: TOLD });
    expect(told({ ...broken, connection: aConnection() })).toEqual([
      'It restarts automatically. pip’s files were not changed.',
      'No answer'
    ]);
    expect(told({ ...broken, connection: null })[1]).toBe('Not connected');
  });
});

describe('a token that ends', () => {
  const at = (change: Partial<Connection>, document = aDocument()) => {
    const store = aStore({ document: { ...document, connection: aConnection(change) } });
    const view = viewStateOf(store);
    return { ...statusMessage(trans, view, store, NOW), actions: actionsFor(trans, view) };
  };
  const buttons = (actions: ReturnType<typeof actionsFor>) =>
    actions.map(({ label, primary }) => (primary ? '*' : '') + label).join(', ');

  it('soon, and is not renewed: amber, with the blue button that helps', () => {
    const { icon, headline, sentence, actions } = at({ refreshAt: undefined, expiresAt: isoIn(29) });
    expect([icon, buttons(actions)]).toEqual(['warn', '*Renew now, Disconnect']);
    expect(headline).toMatch(/^Connected until /);
    expect(sentence).toContain('does not renew automatically');
    expect(at({ refreshAt: undefined, expiresAt: isoIn(31) }).headline).toBe('Connected');
  });

  it('and has ended with nothing else wrong: Renew now, and nobody is to be asked', () => {
    const told = at({ state: 'expired', refreshAt: undefined, expiresAt: isoIn(-12) });
    expect([told.headline, told.who, told.fix, buttons(told.actions)]).toEqual([
      'Token expired 12 min ago',
      '',
      null,
      '*Renew now, Disconnect'
    ]);
  });

  it('and cannot be renewed, because the path is broken: who can fix that, and Disconnect', () => {
    const broken = brokenAt({ id: 'tcp.api', verdict: 'timeout', evidence: TOLD });
    const told = at({ state: 'expired', refreshAt: undefined, expiresAt: isoIn(-12) }, broken);
    expect(told.headline).toBe('Token expired 12 min ago');
    expect(told.sentence).toContain('Timeout at the API endpoint');
    expect([told.who, buttons(told.actions)]).toEqual([NETWORK, '*Copy request, Renew now, Disconnect']);
  });
});
