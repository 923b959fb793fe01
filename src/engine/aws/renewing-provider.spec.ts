import { failed } from '../core/failure';
import { type Keys, type CredentialResult, nothing } from './credential-source';
import { CredentialsEnded, fingerprintOf, renewing } from './renewing-provider';
import { aRuntime } from '../../../testing/fixtures/aws/fake-runtime';

const MINUTE = 60_000;
const START = 1_800_000_000_000;

let now = START;
const clock = { ...aRuntime().clock, now: () => now };

const keys = (accessKeyId: string, endsInMs: number): Keys => ({
  accessKeyId,
  secretAccessKey: 'canary',
  expiration: new Date(now + endsInMs)
});
const found = (
  k: Keys,
  again?: () => Promise<CredentialResult>
): Extract<CredentialResult, { kind: 'found' }> => ({
  kind: 'found',
  source: 'container role',
  keys: k,
  again
});

beforeEach(() => {
  now = START;
});

it('asks again five minutes before the end, once for all who wait', async () => {
  let asked = 0;
  const provider = renewing(
    found(keys('OLD', 60 * MINUTE), () => {
      asked++;
      return Promise.resolve(found(keys('NEW', 60 * MINUTE)));
    }),
    clock
  );
  expect((await provider()).accessKeyId).toBe('OLD');
  now = START + 56 * MINUTE;
  const both = await Promise.all([provider(), provider()]);
  expect(both.map(k => k.accessKeyId)).toEqual(['NEW', 'NEW']);
  expect(asked).toBe(1);
});

it('asks again after a failed renewal, and serves the old keys until they have ended', async () => {
  const links: CredentialResult[] = [
    nothing('container role', 'it answered with HTTP status 500'),
    found(keys('NEW', 60 * MINUTE))
  ];
  const provider = renewing(
    found(keys('OLD', MINUTE), () => Promise.resolve(links.shift()!)),
    clock
  );
  expect((await provider()).accessKeyId).toBe('OLD');
  expect((await provider()).accessKeyId).toBe('NEW');
});

it('fails with the source and its reason when the keys have ended', async () => {
  const broken: CredentialResult = {
    kind: 'broken',
    source: 'profile s',
    failure: failed('credentials_expired', { profile: 's' }).failure
  };
  const links: CredentialResult[] = [broken, nothing('container role', 'it has gone')];
  const provider = renewing(
    found(keys('OLD', MINUTE), () => Promise.resolve(links.shift()!)),
    clock
  );
  now = START + 2 * MINUTE;
  await expect(provider()).rejects.toMatchObject({
    failure: { summary: 'The credentials of profile s have expired.' }
  });
  const error = await provider().catch((e: unknown) => e);
  expect(error).toBeInstanceOf(CredentialsEnded);
  expect(error).toMatchObject({
    failure: { verdict: 'expired_credentials', evidence: { reason: 'it has gone' } }
  });
});

it('never asks again for keys that do not end', async () => {
  const provider = renewing(
    found({ accessKeyId: 'A', secretAccessKey: 'canary' }, () => Promise.reject(new Error('asked'))),
    clock
  );
  now = START * 2;
  expect((await provider()).accessKeyId).toBe('A');
});

it('names keys without telling them', () => {
  const one = fingerprintOf(keys('A', 0));
  expect(one).toMatch(/^[0-9a-f]{16}$/);
  expect(fingerprintOf(keys('A', MINUTE))).toBe(one);
  expect(fingerprintOf({ ...keys('A', 0), sessionToken: 't' })).not.toBe(one);
});
