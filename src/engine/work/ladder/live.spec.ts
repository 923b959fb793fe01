import { RUNG_IDS, type Rung } from '../../../protocol/rung';
import { climb } from './climb';
import { find, request, run } from './testing/climbing';
import { API, fakeWorld, never } from './testing/fake-deps';

test('one rung alone, with what it needs', async () => {
  const world = fakeWorld();
  const climbed = await run(world, { mode: 'diagnose', only: 'tls.api' });
  expect(climbed.rungs.map(rung => rung.id)).toEqual(['environment', 'dns.api', 'tcp.api', 'tls.api']);
  expect(climbed).toMatchObject({ verdict: 'ok', summary: expect.stringContaining('certificate by Amazon') });
  expect(world.asked).not.toContain('credentials');
});

test('live: waiting, running, slow, no answer to two attempts', async () => {
  const world = fakeWorld();
  world.hosts[API] = { addresses: ['10.0.1.41'], silent: ['10.0.1.41'] };
  world.aws.getAuthorizationToken = (_, signal) => never(signal);
  world.aws.getRepositoryEndpoint = (_, signal) => never(signal);
  const seen: string[] = [];
  const onRungs = (told: () => readonly Rung[]) => {
    const rungs = told();
    const tcp = find(rungs, 'tcp.api');
    seen.push([tcp?.verdict, tcp?.ms, tcp?.verdict === 'running' ? tcp.summary : ''].join(' ').trim());
    expect(rungs.map(rung => rung.id)).toEqual(RUNG_IDS);
  };
  await run(world, { onRungs });
  expect([...new Set(seen)]).toEqual([
    'waiting 0',
    'running 0',
    'running 300 slow',
    'running 1300 no answer to two attempts',
    'timeout 3300'
  ]);
});

test('cancel ends it at any moment and leaves nothing asleep', async () => {
  for (const when of [0, 1, 299, 301, 1500, 3299]) {
    const world = fakeWorld();
    world.hosts[API] = { addresses: ['10.0.1.41'], silent: ['10.0.1.41'] };
    world.aws.getAuthorizationToken = (_, signal) => never(signal);
    const stop = new AbortController();
    const running = climb(world.deps, request(), stop.signal);
    await world.clock.advance(when);
    stop.abort();
    const climbed = await running;
    expect(climbed).toMatchObject({ verdict: 'cancelled' });
    expect(climbed.rungs.filter(rung => rung.verdict === 'waiting' || rung.verdict === 'running')).toEqual(
      []
    );
    expect(world.clock.sleeping()).toBe(0);
  }
});

test('cancelled before it began', async () => {
  const world = fakeWorld();
  const climbed = await climb(world.deps, request(), AbortSignal.abort());
  expect(climbed.verdict).toBe('cancelled');
  expect(world.asked).toEqual([]);
});

test('the whole ladder ends after 10 s, honestly', async () => {
  const world = fakeWorld();
  const deps = {
    ...world.deps,
    aws: {
      ...world.deps.aws,
      findCredentials: (_w: unknown, _o: unknown, signal: AbortSignal) => never(signal)
    }
  };
  const climbed = await run({ ...world, deps });
  expect(climbed).toMatchObject({
    verdict: 'timeout',
    root: 'credentials',
    failure: { cause: 'not_finished' }
  });
  expect(climbed.rungs.find(rung => rung.id === 'credentials')?.ms).toBe(10_000);
});

test('a bug in one rung is thrown, and everything else is stopped', async () => {
  const world = fakeWorld();
  world.hosts[API] = { addresses: ['10.0.1.41'], silent: ['10.0.1.41'] };
  world.aws.getAuthorizationToken = async () => {
    throw new TypeError('ours');
  };
  const running = climb(world.deps, request(), new AbortController().signal);
  running.catch(() => undefined);
  await world.clock.advance(0);
  await expect(running).rejects.toThrow('ours');
  await world.clock.advance(0);
  expect(world.clock.sleeping()).toBe(0);
});

test('no secret is in what a climb shows', async () => {
  const world = fakeWorld();
  const climbed = await run(world, { mode: 'diagnose' });
  expect(JSON.stringify(climbed)).not.toContain('t0ken');
});
