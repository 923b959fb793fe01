import { nullTranslator } from '@jupyterlab/translation';
import type { Rung } from '../../protocol/rung';
import { aDocument, aRung, brokenAt, rungs } from '../../../testing/fixtures/lab/documents';
import { publicTimeout } from '../../../testing/fixtures/lab/failures';
import { nodeLines } from './evidence-lines';
import { rowsOf } from './path-rows';
import { pathSummary } from './path-summary';
import type { IPathNode } from './path';
import { pathOf } from './path';
import { emphasisedOf } from './root-cause';

const trans = nullTranslator.load('');
const marks = (path: readonly IPathNode[]): string => path.map(node => node.mark).join(' ');
const drawn = (document: ReturnType<typeof aDocument>): IPathNode[] =>
  pathOf(document.rungs, emphasisedOf(document));
const words = (path: readonly IPathNode[], working = false, elapsed = 0): string =>
  rowsOf(trans, path, working, elapsed)
    .map(row => (row.muted ? '' : row.verdict))
    .join(', ');

describe('the seven nodes', () => {
  it('are all OK when every rung is, whether or not TLS and S3 were needed', () => {
    const plain = aDocument({
      rungs: rungs().map(rung =>
        rung.id.startsWith('tls.') ? { ...rung, verdict: 'skipped' as const } : rung
      )
    });
    for (const document of [aDocument(), plain]) {
      expect(marks(drawn(document))).toBe('ok ok ok ok ok ok ok');
      expect(pathSummary(trans, document, drawn(document), false)).toBe('all OK');
    }
  });

  it.each(['throttled', 'cancelled'] as const)(
    'have no root cause when the verdict passes by itself: %s',
    verdict => {
      const document = brokenAt({ id: 'token', verdict });
      expect(emphasisedOf(document)).toBeNull();
      expect(drawn(document).filter(node => node.root)).toEqual([]);
    }
  );

  it('never turn red for S3: pip does not need it', () => {
    const document = aDocument({
      rungs: rungs().map(rung => (rung.id === 's3' ? { ...rung, verdict: 'timeout' as const } : rung))
    });
    expect(marks(drawn(document))).toBe('ok ok ok ok ok ok ok');
  });

  it.each([
    ['a silent endpoint', publicTimeout, 'ok ok timeout skip skip skip skip', 'stopped at 3 of 7'],
    [
      'a refused token is IAM’s',
      brokenAt({ id: 'token', verdict: 'access_denied' }),
      'ok ok ok denied skip skip skip',
      'stopped at 4 of 7'
    ],
    [
      'any other failure of the call is the token’s',
      brokenAt({ id: 'token', verdict: 'service_error' }),
      'ok ok ok ok error skip skip',
      'stopped at 5 of 7'
    ],
    [
      'a token call without an answer says nothing of IAM',
      brokenAt({ id: 'token', verdict: 'timeout' }),
      'ok ok ok skip timeout skip skip',
      'stopped at 5 of 7'
    ],
    [
      'no credentials',
      brokenAt({ id: 'credentials', verdict: 'no_credentials' }),
      'error skip skip skip skip skip skip',
      'stopped at 1 of 7'
    ],
    [
      'what cannot be written',
      brokenAt({ id: 'tools', verdict: 'write_failed' }),
      'ok ok ok ok ok ok error',
      'stopped at 7 of 7'
    ],
    [
      'throttled is nobody’s fault',
      brokenAt({ id: 'token', verdict: 'throttled' }),
      'ok ok ok ok skip skip skip',
      'waiting at 5 of 7'
    ],
    ['nothing yet', aDocument({ rungs: [] }), 'skip skip skip skip skip skip skip', 'not checked yet']
  ])('%s', (_, document, expected, summary) => {
    const path = drawn(document);
    expect(marks(path)).toBe(expected);
    expect(pathSummary(trans, document, path, false)).toBe(summary);
  });

  it('have one root cause, even when several rungs failed', () => {
    const document = brokenAt({ id: 'tcp.api', verdict: 'timeout' });
    const also: Rung = aRung('tcp.repository', { verdict: 'timeout' });
    const both = { ...document, rungs: document.rungs.map(rung => (rung.id === also.id ? also : rung)) };
    expect(drawn(both).map(node => node.root)).toEqual([false, false, true, false, false, false, false]);
  });

  it('follow the root cause that the document names, not the first that failed', () => {
    const document = brokenAt({ id: 'index', verdict: 'access_denied' });
    const earlier = document.rungs.map(rung =>
      rung.id === 'http.api' ? { ...rung, verdict: 'service_error' as const } : rung
    );
    expect(drawn({ ...document, rungs: earlier }).findIndex(node => node.root)).toBe(6);
  });

  it('show one arc, though the engine looks at several hops at once', () => {
    const all = rungs().map(rung =>
      ['tcp.api', 'token', 'tcp.repository'].includes(rung.id)
        ? { ...rung, verdict: 'running' as const }
        : rung
    );
    const path = pathOf(all, null);
    expect(marks(path)).toBe('ok ok run skip skip skip ok');
    expect(pathSummary(trans, aDocument({ rungs: all }), path, true)).toBe('step 3 of 7');
  });
});

describe('their words', () => {
  it('tell where the name leads only when something is wrong', () => {
    expect(words(drawn(aDocument()))).toBe('OK, OK, OK, OK, OK, OK, OK');
    expect(words(drawn(publicTimeout))).toBe('OK, public address, Timeout, not reached, , , ');
  });

  it.each([
    [100, 'checking'],
    [299, 'checking'],
    [300, 'slow'],
    [1299, 'slow'],
    [1300, 'no answer to 2 attempts']
  ])('after %i ms without an answer: %s', (elapsed, expected) => {
    const path = pathOf(rungs({ id: 'tcp.api', verdict: 'running', ms: 0 }, 'waiting'), null);
    expect(rowsOf(trans, path, true, elapsed)[2].verdict).toBe(expected);
  });

  it('count an address that is silent', () => {
    const half = rungs({
      id: 'tcp.repository',
      verdict: 'ok',
      warning: 'one is dead',
      evidence: {
        addresses: ['a', 'b', 'c'],
        results: [{ address: 'a' }, { address: 'b', error: 'ETIMEDOUT' }, { address: 'c' }]
      }
    });
    const document = aDocument({ rungs: half });
    expect(words(drawn(document))).toBe('OK, OK, OK, OK, OK, 2\u00a0of\u00a03, OK');
    expect(pathSummary(trans, document, drawn(document), false)).toBe('1 warning');
  });

  it('count it at both endpoints, whichever the headline is about', () => {
    const results = [{ address: 'a' }, { address: 'b', error: 'ETIMEDOUT' }];
    const half = (rung: Rung): Rung =>
      rung.id.startsWith('tcp.') ? { ...rung, warning: 'one is dead', evidence: { results } } : rung;
    const document = aDocument({ rungs: rungs().map(half) });
    expect(words(drawn(document))).toBe('OK, OK, 1\u00a0of\u00a02, OK, OK, 1\u00a0of\u00a02, OK');
    expect(drawn(document).map(node => node.root)).toEqual([false, false, true, false, false, false, false]);
    expect(pathSummary(trans, document, drawn(document), false)).toBe('2 warnings');
    const broken = brokenAt({ id: 'index', verdict: 'access_denied' });
    const worse = { ...broken, rungs: broken.rungs.map(rung => (rung.id === 'tcp.api' ? half(rung) : rung)) };
    expect(pathSummary(trans, worse, drawn(worse), false)).toBe('stopped at 7 of 7');
  });

  it('do not say again what the headline has said', () => {
    const evidence = { cause: 'clock_skewed', skewSeconds: -3600, requestId: 'abc-1' };
    const document = brokenAt({ id: 'credentials', verdict: 'clock_skew', evidence });
    const root = drawn(document).find(node => node.root)!;
    expect(nodeLines(trans, root)).toEqual([{ kind: 'text', text: 'AWS request abc-1' }]);
    expect(nodeLines(trans, { ...root, root: false })).toEqual([
      { kind: 'text', text: expect.stringContaining('5 min') }
    ]);
  });
});
