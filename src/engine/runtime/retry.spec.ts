import { fakeClock } from '../../../testing/fixtures/diagnosis/fake-clock';
import { done, failed, type Outcome } from '../core/failure';
import { attemptWords, withRetries } from './retry';

const fault = () => failed('aws_fault', { status: 503 });
const cut = () => failed('tcp_reset', { host: 'x' });
const throttle = (retryAfterSeconds?: number) =>
  failed('throttled', retryAfterSeconds === undefined ? {} : { retryAfterSeconds });

/** What each attempt comes to, how long each takes, and the dice. */
async function run(answers: Outcome<string>[], { takesMs = 0, dice = 0.5, capMs = 5000 } = {}) {
  const clock = fakeClock();
  const began: number[] = [];
  const caps: number[] = [];
  const first = clock.ticks();
  const never = new AbortController().signal;
  const running = withRetries({ clock, random: () => dice }, capMs, never, async leftMs => {
    began.push(clock.ticks() - first);
    caps.push(leftMs);
    if (takesMs > 0) {
      await clock.sleep(takesMs, never);
    }
    return answers[began.length - 1];
  });
  await clock.advance(20_000);
  const { outcome, attempts } = await running;
  return { said: outcome.ok ? outcome.value : outcome.failure.cause, attempts, began, caps };
}

it.each([
  ['one 503', [fault(), done('fine')], 'fine', [0, 125]],
  ['two cut connections', [cut(), cut(), done('fine')], 'fine', [0, 125, 375]],
  ['a throttle, for longer', [throttle(), done('fine')], 'fine', [0, 250]],
  ['a throttle, for as long as AWS asks', [throttle(2), done('fine')], 'fine', [0, 2000]],
  [
    'a 503, for as long as it asks',
    [failed('aws_fault', { status: 503, retryAfterSeconds: 1 }), done('fine')],
    'fine',
    [0, 1000]
  ],
  ['different faults', [fault(), throttle(), done('fine')], 'fine', [0, 125, 625]]
])('waits %s out', async (_, answers, said, began) => {
  expect(await run(answers)).toMatchObject({ said, began, attempts: began.length });
});

it('gives up after three attempts, with the last failure', async () => {
  expect(await run([fault(), fault(), cut(), done('too late')])).toMatchObject({
    said: 'tcp_reset',
    attempts: 3
  });
});

it.each<[string, Outcome<string>]>([
  ['a denial', failed('denied', { policyType: 'unknown' })],
  ['silence, which has had its time', failed('http_silent', { host: 'x' })],
  ['a Retry-After beyond the diagnosis', throttle(120)]
])('does not ask again after %s', async (_, answer) => {
  expect(await run([answer, done('no')])).toMatchObject({ attempts: 1, began: [0] });
});

it('begins nothing that would make the verdict later than 3.5 s, and shares out one limit', async () => {
  // 2 s, then 125 ms, then 2 s more: the third would begin at 4.4 s.
  const { began, caps } = await run([fault(), fault(), done('no')], { takesMs: 2000 });
  expect(began).toEqual([0, 2125]);
  expect(caps).toEqual([5000, 2875]);
});

it('spreads the second attempts of a fleet', async () => {
  const second = async (dice: number) => (await run([fault(), done('')], { dice })).began[1];
  expect(await Promise.all([0, 0.25, 0.999].map(second))).toEqual([0, 62.5, 249.75]);
});

it('says which attempt it was, and nothing of the first', () => {
  expect([undefined, 1, 2, 3].map(attemptWords)).toEqual([
    '',
    '',
    'answered at the second attempt',
    'answered at the third attempt'
  ]);
});
