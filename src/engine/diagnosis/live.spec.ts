import { CHECK_IDS, type Rung } from '../../protocol/rung';
import { runDiagnosis } from './run-diagnosis';
import { find, request, run } from '../../../testing/fixtures/diagnosis/run-checks';
import { API, fakeRuntime, never } from '../../../testing/fixtures/diagnosis/fake-deps';

test('one rung alone, with what it needs', async () => {
  const runtime = fakeRuntime();
  const diagnosed = await run(runtime, { mode: 'diagnose', only: 'tls.api' });
  expect(diagnosed.rungs.map(rung => rung.id)).toEqual(['environment', 'dns.api', 'tcp.api', 'tls.api']);
  expect(diagnosed).toMatchObject({
    verdict: 'ok',
    summary: expect.stringContaining('certificate by Amazon')
  });
  expect(runtime.asked).not.toContain('credentials');
});

test('live: waiting, running, slow, no answer to two attempts', async () => {
  const runtime = fakeRuntime();
  runtime.hosts[API] = { addresses: ['10.0.1.41'], silent: ['10.0.1.41'] };
  runtime.aws.getAuthorizationToken = (_, signal) => never(signal);
  runtime.aws.getRepositoryEndpoint = (_, signal) => never(signal);
  const seen: string[] = [];
  const onProgress = (told: () => readonly Rung[]) => {
    const rungs = told();
    const tcp = find(rungs, 'tcp.api');
    seen.push([tcp?.verdict, tcp?.ms, tcp?.verdict === 'running' ? tcp.summary : ''].join(' ').trim());
    expect(rungs.map(rung => rung.id)).toEqual(CHECK_IDS);
  };
  await run(runtime, { onProgress });
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
    const runtime = fakeRuntime();
    runtime.hosts[API] = { addresses: ['10.0.1.41'], silent: ['10.0.1.41'] };
    runtime.aws.getAuthorizationToken = (_, signal) => never(signal);
    const stop = new AbortController();
    const running = runDiagnosis(runtime.deps, request(), stop.signal);
    await runtime.clock.advance(when);
    stop.abort();
    const diagnosed = await running;
    expect(diagnosed).toMatchObject({ verdict: 'cancelled' });
    expect(diagnosed.rungs.filter(rung => rung.verdict === 'waiting' || rung.verdict === 'running')).toEqual(
      []
    );
    expect(runtime.clock.sleeping()).toBe(0);
  }
});

test('cancelled before it began', async () => {
  const runtime = fakeRuntime();
  const diagnosed = await runDiagnosis(runtime.deps, request(), AbortSignal.abort());
  expect(diagnosed.verdict).toBe('cancelled');
  expect(runtime.asked).toEqual([]);
});

test('the whole ladder ends after 10 s, honestly', async () => {
  const runtime = fakeRuntime();
  const deps = {
    ...runtime.deps,
    aws: {
      ...runtime.deps.aws,
      findCredentials: (_w: unknown, _o: unknown, signal: AbortSignal) => never(signal)
    }
  };
  const diagnosed = await run({ ...runtime, deps });
  expect(diagnosed).toMatchObject({
    verdict: 'timeout',
    root: 'credentials',
    failure: { cause: 'not_finished' }
  });
  expect(diagnosed.rungs.find(rung => rung.id === 'credentials')?.ms).toBe(10_000);
});

test('a bug in one rung is thrown, and everything else is stopped', async () => {
  const runtime = fakeRuntime();
  runtime.hosts[API] = { addresses: ['10.0.1.41'], silent: ['10.0.1.41'] };
  runtime.aws.getAuthorizationToken = async () => {
    throw new TypeError('ours');
  };
  const running = runDiagnosis(runtime.deps, request(), new AbortController().signal);
  running.catch(() => undefined);
  await runtime.clock.advance(0);
  await expect(running).rejects.toThrow('ours');
  await runtime.clock.advance(0);
  expect(runtime.clock.sleeping()).toBe(0);
});

test('no secret is in what a climb shows', async () => {
  const runtime = fakeRuntime();
  const diagnosed = await run(runtime, { mode: 'diagnose' });
  expect(JSON.stringify(diagnosed)).not.toContain('t0ken');
});
