import { aConnection, aDocument, brokenAt, rungs } from '../../../testing/fixtures/lab/documents';
import type { Origin } from './debounce';
import { accept, NO_DEBOUNCE } from './debounce';

const green = aDocument();
/** The same connection, on which a look found a dead end. */
const red = { ...brokenAt({ id: 'tcp.api', verdict: 'timeout' }), connection: aConnection() };
const running = aDocument({ rungs: rungs({ id: 'tcp.api', verdict: 'running' }, 'waiting') });

/** What is shown after each of these arrives in turn. */
function shownAfter(start: typeof green, ...arrivals: [typeof green, Origin][]): (typeof green)[] {
  let gate = NO_DEBOUNCE;
  let shown = start;
  return arrivals.map(([document, how]) => {
    const answer = accept(gate, shown, document, how);
    gate = answer.gate;
    shown = answer.show ? document : shown;
    return shown;
  });
}

describe('a green panel', () => {
  it('turns red only after two looks in a row failed', () => {
    expect(shownAfter(green, [red, 'looked'], [red, 'looked'])).toEqual([green, red]);
  });

  it('forgets a failure when the next look is well', () => {
    const after = shownAfter(green, [red, 'looked'], [green, 'looked'], [red, 'looked'], [red, 'looked']);
    expect(after).toEqual([green, green, green, red]);
  });

  it('does not count a failure twice that is only read again', () => {
    expect(shownAfter(green, [red, 'looked'], [red, 'read'], [red, 'read'])).toEqual([green, green, green]);
  });

  it('shows no arcs of a look in the background', () => {
    expect(shownAfter(green, [running, 'read'])).toEqual([green]);
  });

  it('shows at once what its user asked for', () => {
    expect(shownAfter(green, [red, 'asked'])).toEqual([red]);
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
  expect(shownAfter(red, [green, 'looked'])).toEqual([green]);
});
