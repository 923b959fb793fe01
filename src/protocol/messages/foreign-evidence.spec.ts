import * as fc from 'fast-check';
import { bareRung } from '../../../testing/fixtures/diagnosis/a-failure';
import { CHECK_IDS } from '../checks';
import { VERDICTS } from '../verdict';
import { type Cause, CAUSES, describeRung, describeRungWarning } from './describe';
import { FIELDS, readEvidence } from './evidence';
import { ENGLISH } from './trans';
import { WARNINGS } from './warnings';

const ALL = Object.keys(CAUSES) as Cause[];

describe('what another version, or a stranger, sends', () => {
  const rung = fc.record({
    id: fc.constantFrom(...CHECK_IDS),
    verdict: fc.constantFrom(...VERDICTS.filter(verdict => verdict !== 'ok')),
    summary: fc.string(),
    evidence: fc.dictionary(
      fc.oneof(fc.constantFrom(...Object.keys(FIELDS), 'cause', 'concern', '__proto__'), fc.string()),
      fc.oneof(
        fc.anything(),
        fc.constantFrom(...ALL, ...Object.keys(WARNINGS)),
        fc.constant('x'.repeat(100_000))
      )
    ),
    warning: fc.string()
  });

  it('never throws, and is told within bounds', () => {
    fc.assert(
      fc.property(rung, foreign => {
        const { headline, sentence, detail } = describeRung(foreign, ENGLISH);
        const known = describeRungWarning(foreign, ENGLISH);
        return (
          headline !== '' &&
          headline.length < 2200 &&
          sentence.length < 10_000 + foreign.summary.length &&
          detail.length < 70_000 &&
          known.headline !== '' &&
          !/undefined|NaN|\[object/.test(headline)
        );
      }),
      { numRuns: 2000, seed: 9 }
    );
  });

  it('falls back on its own sentence for a cause that is unknown or lacks its facts', () => {
    const sent = (evidence: Record<string, unknown>) =>
      describeRung(
        bareRung('http.api', { verdict: 'timeout', summary: 'What was sent.', evidence }),
        ENGLISH
      );
    for (const evidence of [
      {},
      { cause: 'from_the_future' },
      { cause: 'http_silent' },
      { cause: 'toString' }
    ]) {
      expect(sent(evidence)).toMatchObject({
        headline: 'Timeout at the API endpoint',
        sentence: 'What was sent.'
      });
    }
    // A cause that contradicts the verdict is not believed.
    expect(sent({ cause: 'dns_not_found', host: 'x' }).sentence).toBe('What was sent.');
  });

  it('reads only known facts, of the right type, cut to size', () => {
    const long = 'x'.repeat(5000);
    expect(
      readEvidence({
        host: long,
        port: '443',
        addresses: ['a', 7, { address: 'b', ms: 'slow' }],
        evil: 1,
        status: NaN
      })
    ).toEqual({ host: 'x'.repeat(2000), addresses: [{ address: 'a' }, { address: 'b' }] });
    expect(readEvidence(null)).toEqual({});
    expect(readEvidence({ tried: Array(500).fill({ source: 's', reason: 'r' }) }).tried).toHaveLength(32);
  });
});
