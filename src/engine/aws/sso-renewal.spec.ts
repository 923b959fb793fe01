import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aRuntime } from '../../../testing/fixtures/aws/fake-runtime';
import { find } from '../../../testing/fixtures/aws/credentials';
import { json, loopback, type Loopback } from '../../../testing/fixtures/aws/loopback-server';
import type * as transport from './transport';

// An ES module that jest would have to be told to translate; it does Kerberos for proxies, which we do not ask for.
jest.mock('proxy-agent-negotiate', () => ({ createNegotiateAuth: () => undefined }));

/** AWS's two services stand on this machine: their names are kept, and the way leads here. */
let here: Loopback;
jest.mock('./transport', () => {
  const real = jest.requireActual<typeof transport>('./transport');
  return {
    ...real,
    handlerFor: async (_: string, options: transport.TransportOptions) => {
      const handler = await real.handlerFor(here.url, options);
      const handle = handler.handle.bind(handler);
      handler.handle = (request, ...rest) => {
        const { hostname, port } = new URL(here.url);
        Object.assign(request, { protocol: 'http:', hostname, port: Number(port) });
        return handle(request, ...rest);
      };
      return handler;
    }
  };
});

const HOME = process.env.HOME;
/** The SDK tries a renewal that failed again after half a minute. */
let minutes = 0;
let home: string;
let cache: string;

beforeEach(() => {
  minutes += 1;
  const start = Date.now();
  jest.spyOn(Date, 'now').mockImplementation(() => start + minutes * 60_000);
  home = mkdtempSync(join(tmpdir(), 'sso-'));
  process.env.HOME = home;
  mkdirSync(join(home, '.aws/sso/cache'), { recursive: true });
  cache = join(home, `.aws/sso/cache/${createHash('sha1').update('corp').digest('hex')}.json`);
  writeFileSync(
    cache,
    JSON.stringify({
      startUrl: 'https://corp.awsapps.com/start',
      region: 'us-east-1',
      accessToken: 'old',
      expiresAt: '2026-01-01T00:00:00Z',
      refreshToken: 'renew-me',
      clientId: 'client',
      clientSecret: 'canary-client',
      registrationExpiresAt: '2099-01-01T00:00:00Z'
    })
  );
});
afterEach(async () => {
  jest.restoreAllMocks();
  process.env.HOME = HOME;
  rmSync(home, { recursive: true });
  await here.close();
});

const CONFIG =
  '[profile sso]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Data\n[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n';

/** The renewal and then the credentials; the first `faults` renewals end with `status`. */
async function sign(status: number, faults: number, error = 'InternalServerException') {
  let renewals = 0;
  here = await loopback((request, response) => {
    if (request.url?.startsWith('/token')) {
      renewals += 1;
      return renewals <= faults
        ? json(response, { error: 'e', error_description: 'd' }, status, { 'x-amzn-errortype': error })
        : json(response, { accessToken: 'new', expiresIn: 28800, refreshToken: 'next', tokenType: 'Bearer' });
    }
    const keys = {
      accessKeyId: 'ASIASSO',
      secretAccessKey: 's',
      sessionToken: 't',
      expiration: 4_000_000_000_000
    };
    return json(response, { roleCredentials: keys });
  });
  const readText = (path: string) =>
    Promise.resolve(path.endsWith('/config') ? CONFIG : path === cache ? readFileSync(cache, 'utf8') : null);
  const result = await find({}, { profile: 'sso', readText }, aRuntime({}, { home }));
  return { result, renewals, kept: readFileSync(cache, 'utf8') };
}

it('renews a sign-in that has ended, and keeps the new one where the AWS CLI finds it', async () => {
  const { result, kept } = await sign(200, 0);
  expect(result).toMatchObject({ ok: true, value: { role: 'Data', accountId: '111122223333' } });
  expect(JSON.parse(kept)).toMatchObject({ accessToken: 'new', refreshToken: 'next' });
});

it('tells a refresh token that is no longer good as a sign-in that has ended', async () => {
  const { result, renewals } = await sign(400, 9, 'InvalidGrantException');
  expect(renewals).toBe(1);
  expect(result).toMatchObject({
    ok: false,
    failure: { cause: 'credentials_expired', evidence: { signIn: 'aws sso login --profile sso' } }
  });
});

it('tells a renewal that meets a fault of AWS as that, and not as a sign-in that has ended', async () => {
  const { result } = await sign(500, 9);
  expect(result).toMatchObject({
    ok: false,
    failure: { cause: 'aws_fault', evidence: { service: 'IAM Identity Center', status: 500 } }
  });
});

it('does not notice a renewal that fails once', async () => {
  const { result, renewals } = await sign(503, 1);
  expect(renewals).toBe(2);
  expect(result).toMatchObject({ ok: true, value: { role: 'Data', attempts: 2 } });
});
