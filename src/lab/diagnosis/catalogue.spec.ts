import { nullTranslator } from '@jupyterlab/translation';
import { aDocument } from '../../../testing/fixtures/lab/documents';
import { publicTimeout } from '../../../testing/fixtures/lab/failures';
import type * as DescribeRung from './describe-rung';
import type * as LoadWords from './load-words';
import { rootOf } from './root-cause';

const trans = nullTranslator.load('');

/** As in a page that has loaded nothing yet. */
function aNewPage(): {
  words: typeof LoadWords;
  failure: () => ReturnType<typeof DescribeRung.describeFailure>;
} {
  let words!: typeof LoadWords;
  let describing!: typeof DescribeRung;
  jest.isolateModules(() => {
    words = jest.requireActual<typeof LoadWords>('./load-words');
    describing = jest.requireActual<typeof DescribeRung>('./describe-rung');
  });
  return {
    words,
    failure: () => describing.describeFailure(trans, 'timeout', rootOf(publicTimeout), '', 0)
  };
}

it('tells of a failure by its verdict, its place and the engine’s sentence while the catalogue is not there', async () => {
  const { words, failure } = aNewPage();
  const plain = failure();
  expect(plain.headline).toBe('Timeout at the API endpoint');
  expect(plain.sentence).toBe(rootOf(publicTimeout)?.summary);
  expect(plain.who).toBe('Your network administrator can fix this.');
  await words.wordsFor(publicTimeout);
  expect(failure()).toMatchObject({ headline: plain.headline, who: plain.who });
  expect(failure().sentence).toContain('The name leads to a public address');
});

it('loads the catalogue for what is wrong, and not while all is well', async () => {
  const { words } = aNewPage();
  await words.wordsFor(aDocument());
  await words.wordsFor({ schema: 1, verdict: 'ok', packages: [] });
  expect(words.words.now).toBeNull();
  await words.wordsFor({ schema: 1, verdict: 'access_denied', repositories: [] });
  expect(words.words.now).not.toBeNull();
});

it('does not keep a failure back for a server that no longer sends the catalogue', async () => {
  jest.useFakeTimers();
  try {
    const { words, failure } = aNewPage();
    jest.spyOn(words.words, 'load').mockReturnValue(new Promise(() => undefined));
    const told = words.wordsFor(publicTimeout);
    await jest.advanceTimersByTimeAsync(2000);
    await told;
    expect(failure().headline).toBe('Timeout at the API endpoint');
  } finally {
    jest.useRealTimers();
  }
});
