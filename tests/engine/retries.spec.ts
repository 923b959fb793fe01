import { CALLS } from '../../testing/retries/calls';
import { retryTable, type RetryRow } from '../../testing/retries/table';

// An ES module that jest would have to be told to translate; it does Kerberos for proxies, which we do not ask for.
jest.mock('proxy-agent-negotiate', () => ({ createNegotiateAuth: () => undefined }));

/**
 * Every call to a service, with a fault that passes and one that stays. All faults and counts, with their times, are in
 * docs/retries.md, by scripts/write-retries.mjs.
 */
jest.setTimeout(60_000);

const told = (rows: readonly RetryRow[]) =>
  Object.fromEntries(rows.map(({ call, verdict, attempts }) => [call, [verdict, attempts]]));

it('one connection reset passes by itself, at every call', async () => {
  const rows = await retryTable(['connection reset'], [1]);
  expect(told(rows)).toEqual(Object.fromEntries(CALLS.map(({ name }) => [name, ['ok', 2]])));
});

it('tells a throttle that stays, of AWS as such and of the metadata services as no credentials', async () => {
  const rows = await retryTable(['throttled'], ['stays']);
  expect(told(rows)).toMatchObject({
    GetAuthorizationToken: ['throttled (throttled)', undefined],
    'AWS STS, AssumeRole': ['throttled (throttled)', undefined],
    'IAM Identity Center, GetRoleCredentials': ['throttled (throttled)', undefined],
    "the container's credentials": ['no_credentials (credentials_invalid)', undefined]
  });
});
