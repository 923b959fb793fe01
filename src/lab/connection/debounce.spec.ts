import { aConnection, aDocument, brokenAt } from '../../../testing/fixtures/lab/documents';
import type { Origin } from './debounce';
import { accept, NO_DEBOUNCE } from './debounce';

const green = aDocument();
/** The same connection, on which a look found a dead end. */
const red = { ...brokenAt({ id: 'tcp.api', verdict: 'timeout' }), connection: aConnection() };

/** What is shown after each of these arrives in turn. */
function shownAfter(start: typeof green, ...arrivals: [typeof green, Origin][]): (typeof green)[] {
  let debounce = NO_DEBOUNCE;
  let shown = start;
  return arrivals.map(([document, how]) => {
    const answer = accept(debounce, shown, document, how);
    debounce = answer.debounce;
    shown = answer.show ? document : shown;
    return shown;
  });
}

describe('a green panel', () => {
  it('turns red only after two looks in a row failed', () => {
    expect(shownAfter(green, [red, 'background'], [red, 'background'])).toEqual([green, red]);
  });

  it('forgets a failure when the next look is well', () => {
    const after = shownAfter(
      green,
      [red, 'background'],
      [green, 'background'],
      [red, 'background'],
      [red, 'background']
    );
    expect(after).toEqual([green, green, green, red]);
  });

  it('does not count a failure twice that is only read again', () => {
    expect(shownAfter(green, [red, 'background'], [red, 'read'], [red, 'read'])).toEqual([
      green,
      green,
      green
    ]);
  });

  it('shows at once what its user asked for', () => {
    expect(shownAfter(green, [red, 'user'])).toEqual([red]);
  });

  it.each([
    [
      'a renewal that fails',
      { ...red, connection: aConnection({ trouble: { verdict: 'timeout', summary: '', since: '' } }) }
    ],
    ['a token that ended', { ...red, connection: aConnection({ state: 'expired' as const }) }],
    ['a disconnect', aDocument({ connection: null, rungs: [] })],
    ['another repository', { ...red, connection: aConnection({ repository: 'other' }) }]
  ])('shows at once %s: that is no look at the path', (_, document) => {
    expect(shownAfter(green, [document, 'read'])).toEqual([document]);
  });
});

it('a red panel turns green at once', () => {
  expect(shownAfter(red, [green, 'background'])).toEqual([green]);
});
