import * as fc from 'fast-check';
import { done, failed } from '../core/failure';
import { failureFromNode } from '../net/node-error';
import { CHECK_IDS } from '../../protocol/rung';
import { runDiagnosis } from './run-diagnosis';
import { request } from '../../../testing/fixtures/diagnosis/run-checks';
import {
  API,
  denied,
  type FakeHost,
  fakeRuntime,
  type FakeRuntime,
  never,
  REPOSITORY
} from '../../../testing/fixtures/diagnosis/fake-deps';

/** Every way to break the ladder, in every combination, cancelled at any moment. */
const host = (addresses: string[]): fc.Arbitrary<FakeHost> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<FakeHost>({ addresses }) },
    fc.constantFrom<FakeHost>(
      { dns: 'ENOTFOUND' },
      { addresses, silent: addresses },
      { addresses, silent: addresses.slice(0, 1) },
      { addresses, refused: true },
      { addresses, tls: 'silent' },
      { addresses, mute: true },
      { addresses, status: 503, contentType: 'text/html', body: '<html></html>' }
    )
  );

type Call = 'ok' | 'denied' | 'refused' | 'mute' | 'elsewhere' | 'slow';
const call = fc.constantFrom<Call>('ok', 'ok', 'denied', 'refused', 'mute', 'slow');
const runtime = fc.record({
  api: host(['10.0.1.41', '10.0.2.87']),
  repository: host(['10.0.3.18', '10.0.4.77']),
  token: call,
  endpoint: fc.oneof(call, fc.constant<Call>('elsewhere')),
  finish: fc.boolean(),
  mode: fc.constantFrom('connect' as const, 'diagnose' as const),
  only: fc.option(fc.constantFrom(...CHECK_IDS), { nil: undefined, freq: 4 }),
  cancelAt: fc.option(fc.integer({ min: 0, max: 6000 }), { nil: undefined })
});

const ELSEWHERE = 'vpce-0abc-x.d.codeartifact.us-east-1.vpce.amazonaws.com';
const refused = failureFromNode({ code: 'ECONNREFUSED' }, { phase: 'tcp', host: API });

function answer<T>(fake: FakeRuntime, kind: Call, healthy: (i: never, s: AbortSignal) => Promise<T>) {
  return async (input: never, signal: AbortSignal): Promise<T> => {
    if (kind === 'mute') {
      return never(signal);
    }
    if (kind === 'slow') {
      await fake.clock.sleep(1200, signal);
    }
    return kind === 'denied'
      ? (denied as T)
      : kind === 'refused'
        ? ({ ok: false, failure: refused } as T)
        : healthy(input, signal);
  };
}

test('whatever breaks: it ends, every rung is accounted for, one root, and nothing is left behind', async () => {
  await fc.assert(
    fc.asyncProperty(runtime, async broken => {
      const fake = fakeRuntime();
      fake.hosts[API] = broken.api;
      fake.hosts[REPOSITORY] = broken.repository;
      fake.hosts[ELSEWHERE] = { addresses: ['10.0.5.5'] };
      const { aws } = fake;
      if (broken.endpoint === 'elsewhere') {
        aws.getRepositoryEndpoint = async () => done({ url: `https://${ELSEWHERE}/pypi/isolatedsm/` });
      }
      aws.getAuthorizationToken = answer(fake, broken.token, aws.getAuthorizationToken as never) as never;
      aws.getRepositoryEndpoint = answer(fake, broken.endpoint, aws.getRepositoryEndpoint as never) as never;
      let written = 0;
      const finish = async () => {
        written++;
        return broken.finish
          ? done(undefined)
          : failed('disk_full', { path: '/x', code: 'ENOSPC', access: 'write' });
      };
      const stop = new AbortController();
      let lastMs = 0;
      const running = runDiagnosis(
        { ...fake.deps, finish },
        request({
          mode: broken.mode,
          ...(broken.only ? { only: broken.only } : {}),
          onProgress: rungs => {
            lastMs = Math.max(lastMs, ...rungs().map(rung => rung.ms));
          }
        }),
        stop.signal
      );
      if (broken.cancelAt !== undefined) {
        await fake.clock.advance(broken.cancelAt);
        stop.abort();
      }
      await fake.clock.advance(11_000);
      const { rungs, verdict, root, failure } = await running;

      // It ends, with nothing asleep and nothing under way.
      expect(fake.clock.sleeping()).toBe(0);
      expect(lastMs).toBeLessThanOrEqual(10_000);
      expect(rungs.filter(rung => rung.verdict === 'waiting' || rung.verdict === 'running')).toEqual([]);
      // In ladder order.
      expect(rungs.map(rung => rung.id)).toEqual(CHECK_IDS.filter(id => rungs.some(rung => rung.id === id)));
      // `because` names a rung that broke by itself.
      for (const rung of rungs.filter(one => one.because)) {
        const cause = rungs.find(one => one.id === rung.because);
        expect(cause && !['ok', 'skipped'].includes(cause.verdict)).toBe(true);
      }
      // One root; no root, all well.
      expect(verdict === 'ok').toBe(root === null);
      expect(failure?.verdict).toBe(verdict === 'ok' ? undefined : verdict);
      expect(rungs.filter(rung => !['ok', 'skipped'].includes(rung.verdict)).length > 0).toBe(root !== null);
      // Files are written in a Connect only, once, and only on top of everything.
      expect(written).toBeLessThanOrEqual(broken.mode === 'connect' ? 1 : 0);
      if (written) {
        expect(rungs.find(rung => rung.id === 'index')?.verdict).toBe('ok');
      }
    }),
    { numRuns: 400, seed: 20261123 }
  );
}, 60_000);
