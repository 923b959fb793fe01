import { catalogue } from '../../../testing/translation/catalogue';
import { SAMPLES } from '../../../testing/fixtures/diagnosis/fix-samples';
import { Phrasebook } from '../../lab/ui/phrasebook';
import { pseudoBundle } from '../../../testing/translation/pseudo-bundle';
import { fixFor } from '../diagnosis/fixes/fix-for';
import { failure } from './failure';
import { together, trans, withPhrases } from './say';

const TEXTS = catalogue();

/** What a page in the pseudo-language makes of a text of an answer. */
function inPseudo(answer: object, text: string): string {
  const phrasebook = new Phrasebook();
  phrasebook.learn(withPhrases(answer));
  return phrasebook.speaker(pseudoBundle(TEXTS)).said(text);
}

it.each(SAMPLES.map(sample => [sample.name, sample] as const))('%s: its fix is translated', (_, sample) => {
  const fix = fixFor(sample.failure, sample.facts);
  const texts = fix ? [fix.text, ...fix.snippets.map(({ title }) => title)] : [];
  // A file that is shown has its path for a title.
  const names = [String(sample.failure.evidence.path)];
  expect(texts.filter(text => !names.includes(text) && inPseudo(fix ?? {}, text) === text)).toEqual([]);
});

it('a summary is translated, of which the code type has been taken away', () => {
  const { summary } = failure('no_home', { variable: 'HOME' });
  expect(summary).toContain('HOME is not set');
  expect(inPseudo({ summary }, summary)).toMatch(/HOME.*⟧$/);
});

it('a value that was said is translated where it stands', () => {
  const text = trans.__('Add this to the %1.', trans.__('role %1', 'Analyst'));
  expect(text).toBe('Add this to the role Analyst.');
  expect(inPseudo({ text }, text)).toContain('rólé Analyst');
});

it('several sentences are translated each', () => {
  const text = together(
    trans.__('Then connect again.'),
    false,
    trans.__('The command keeps the statements that are there: AWS replaces the policy as a whole.')
  );
  expect(inPseudo({ deep: [{ text }] }, text).match(/⟦/g)).toHaveLength(2);
});

it('numbers have their own form', () => {
  const text = trans._n('%1 package in %2.', '%1 packages in %2.', 3, 'ds-shared');
  expect(withPhrases({ text }).phrases).toEqual([
    { text: '%1 package in %2.', many: '%1 packages in %2.', values: [3, 'ds-shared'] }
  ]);
  expect(inPseudo({ text }, text)).toMatch(/^⟦3 páçkágés íñ ds-shared/);
});

it('an answer without such texts stays as it is', () => {
  const answer = { schema: 1, domain: 'my-data' };
  expect(withPhrases(answer)).toBe(answer);
});

it('remembers no more than the newest texts', () => {
  const old = trans.__('role %1', 'forgotten');
  for (let i = 0; i < 5000; i += 1) {
    trans.__('role %1', `r${i}`);
  }
  expect(withPhrases({ old }).phrases).toBeUndefined();
  expect(withPhrases({ new: 'role r4999' }).phrases).toHaveLength(1);
});
