import { brokenSentence } from './run-diagnosis';
import { fixFor } from './fixes/fix-for';
import { FACTS } from '../../../testing/fixtures/diagnosis/fix-facts';
import { AWS_SYMPTOMS, MISSING_PIECES } from '../../../testing/fixtures/diagnosis/aws-cases';
import type { Case } from '../../../testing/fixtures/diagnosis/failure-case';
import { NETWORK_SYMPTOMS } from '../../../testing/fixtures/diagnosis/network-cases';

/** Rows 7, 9, 31 and 32 of the table are no failures but warnings. */
const SYMPTOMS = [...NETWORK_SYMPTOMS, ...AWS_SYMPTOMS];

const named = (list: readonly Case[]) =>
  list.map(c => [`${c.row} ${c.cause} ${c.failure.summary.slice(0, 60)}`, c] as const);

describe.each([
  ['the table of symptoms', SYMPTOMS],
  ['the table of missing pieces', MISSING_PIECES]
])('%s', (_, cases) => {
  it.each(named(cases))('%s', (_name, c) => {
    expect(c.failure).toMatchObject({ verdict: c.verdict, cause: c.cause });
    expect(brokenSentence(c.facts.rung ?? 'tcp.api', c.failure)).toMatch(c.says);
    const fix = fixFor(c.failure, { ...FACTS, ...c.facts });
    expect(fix?.who).toBe(c.who);
    expect([fix?.text, ...(fix?.snippets ?? []).flatMap(s => [s.title, s.text])].join('\n')).toMatch(c.fix);
  });
});

it('has every row of the table of 32 symptoms that is a failure', () => {
  const rows = new Set(SYMPTOMS.map(c => Number(c.row.split('.')[1])));
  const warnings = [7, 9, 31, 32];
  const missing = Array.from({ length: 32 }, (_, i) => i + 1).filter(
    n => !rows.has(n) && !warnings.includes(n)
  );
  expect(missing).toEqual([]);
});

it('says private or public in every timeout of a connection', () => {
  for (const { failure } of [...SYMPTOMS, ...MISSING_PIECES].filter(c => c.cause === 'tcp_silent')) {
    expect(failure.evidence.addressClass).toMatch(/^(private|public)$/);
    expect(failure.summary).toContain(`${String(failure.evidence.addressClass)} address`);
  }
});
