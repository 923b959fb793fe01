import { CODEARTIFACT_REGIONS } from '../../core/settings/regions';
import { fixFor } from './fix-for';
import type { FixContext } from './fix-facts';
import { FACTS } from '../../../../testing/fixtures/diagnosis/fix-facts';

const titles = (evidence: object, rung: FixContext['rung']) =>
  fixFor(
    { verdict: 'not_found', cause: 'not_found', summary: '', evidence: { ...evidence } },
    { ...FACTS, rung }
  )?.snippets.map(each => each.title);

const DOMAINS = ['Domains of your own account in this Region', 'Domains of your own account in every Region'];

/** What AWS does not name is told by the call that it refused. */
test.each([
  [{ resourceType: 'repository' }, 'token', ['Repositories of the domain', 'Then']],
  [{}, 'endpoint', ['Repositories of the domain', 'Then']],
  [{ resourceType: 'domain' }, 'endpoint', DOMAINS],
  [{}, 'token', DOMAINS],
  [{ resourceType: 'package' }, 'index', ['Repositories of the domain']]
] as const)('%j at %s', (evidence, rung, expected) => {
  expect(titles(evidence, rung)).toEqual(expected);
});

test('every Region with CodeArtifact is asked, and no other', () => {
  const failure = { verdict: 'not_found', cause: 'not_found', summary: '', evidence: {} } as const;
  const text = fixFor(failure, { ...FACTS, rung: 'token' })?.snippets[1]?.text ?? '';
  expect(/for REGION in (.*);/.exec(text)?.[1]?.split(' ')).toEqual(CODEARTIFACT_REGIONS);
});
