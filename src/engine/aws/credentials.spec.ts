import { findCredentials } from './credentials';
import { aRuntime, files, noFiles } from '../../../testing/fixtures/aws/fake-runtime';
import {
  closeServers,
  find,
  identity,
  KEYS,
  keysSection,
  later,
  SECRET,
  serve
} from '../../../testing/fixtures/aws/credentials';

const CONFIG = '/nowhere/.aws/config';
const CREDENTIALS = '/nowhere/.aws/credentials';

afterEach(closeServers);

describe('environment variables', () => {
  it.each<[string, Record<string, string>, string]>([
    ['a pair of keys', KEYS, 'environment variables: AKIAENV'],
    ['half a pair', { AWS_ACCESS_KEY_ID: 'AKIAENV' }, 'no_credentials/credentials_invalid'],
    ['an empty key', { ...KEYS, AWS_ACCESS_KEY_ID: '' }, 'no_credentials/credentials_none'],
    [
      'keys that have ended',
      { ...KEYS, AWS_CREDENTIAL_EXPIRATION: '2020-01-01T00:00:00Z' },
      'expired_credentials/credentials_expired'
    ],
    [
      'an end that is no time',
      { ...KEYS, AWS_CREDENTIAL_EXPIRATION: 'soon' },
      'no_credentials/credentials_invalid'
    ],
    ['keys that end later', { ...KEYS, AWS_CREDENTIAL_EXPIRATION: later() }, 'environment variables: AKIAENV']
  ])('%s', async (_, env, expected) => {
    expect(await identity(await find(env))).toBe(expected);
  });
});

describe('profiles', () => {
  const both = files({
    [CONFIG]: `[default]\nregion = us-east-1\n[profile dev]\n${keysSection('x', 'AKIADEVCONFIG').split('\n').slice(1).join('\n')}[profile "two words"]\naws_access_key_id=AKIATWO\naws_secret_access_key=${SECRET}\n[profile empty]\nregion = eu-west-1\n[profile half]\naws_access_key_id = A\n`,
    [CREDENTIALS]: keysSection('dev', 'AKIADEVFILE') + keysSection('only-here', 'AKIAONLY')
  });

  it.each<[string, Record<string, string>, string, string]>([
    ['the credentials file wins over the config file', {}, 'dev', 'profile dev: AKIADEVFILE'],
    ['a name with a space', {}, 'two words', 'profile two words: AKIATWO'],
    ['one of the credentials file only', {}, 'only-here', 'profile only-here: AKIAONLY'],
    ['AWS_PROFILE', { AWS_PROFILE: 'dev' }, '', 'profile dev: AKIADEVFILE'],
    [
      'AWS_DEFAULT_PROFILE before AWS_PROFILE, as botocore has it',
      { AWS_PROFILE: 'dev', AWS_DEFAULT_PROFILE: 'only-here' },
      '',
      'profile only-here: AKIAONLY'
    ],
    [
      'keys of the environment before AWS_PROFILE',
      { ...KEYS, AWS_PROFILE: 'dev' },
      '',
      'environment variables: AKIAENV'
    ],
    ['the setting before keys of the environment', KEYS, 'dev', 'profile dev: AKIADEVFILE'],
    ['half a pair', {}, 'half', 'no_credentials/credentials_invalid'],
    ['one that names no credentials lets the chain go on', {}, 'empty', 'no_credentials/credentials_none'],
    ['one that is not there', {}, 'nope', 'no_credentials/profile_missing']
  ])('%s', async (_, env, profile, expected) => {
    expect(await identity(await find(env, { profile, readText: both }))).toBe(expected);
  });

  it('says which profiles there are when the one named is missing', async () => {
    const result = await find({}, { profile: 'nope', readText: both });
    expect(result).toMatchObject({
      failure: {
        summary: expect.stringContaining('The profile nope, which the setting profile names'),
        evidence: { profile: 'nope', profiles: ['default', 'dev', 'two words', 'empty', 'half', 'only-here'] }
      }
    });
  });

  it('honours AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, with ~', async () => {
    const readText = files({ '/nowhere/mine': keysSection('default', 'AKIAMINE') });
    expect(await identity(await find({ AWS_SHARED_CREDENTIALS_FILE: '~/mine' }, { readText }))).toBe(
      'profile default: AKIAMINE'
    );
  });
});

describe('the chain', () => {
  it('keeps why each link gave nothing, in order', async () => {
    const result = await find({});
    expect(result).toMatchObject({
      ok: false,
      failure: {
        verdict: 'no_credentials',
        evidence: {
          tried: [
            { source: 'environment variables', reason: 'AWS_ACCESS_KEY_ID is not set' },
            { source: 'web identity', reason: 'AWS_WEB_IDENTITY_TOKEN_FILE is not set' },
            { source: 'profile default' },
            { source: 'container role' },
            { source: 'instance role', reason: 'AWS_EC2_METADATA_DISABLED is true' }
          ]
        }
      }
    });
  });

  it('stops when the caller gives up', async () => {
    const abort = new AbortController();
    const service = await serve(() => abort.abort(new Error('enough')));
    const runtime = aRuntime({ AWS_EC2_METADATA_SERVICE_ENDPOINT: service.url });
    await expect(
      findCredentials(runtime, { profile: '', region: '', readText: noFiles }, abort.signal)
    ).rejects.toThrow('enough');
  });

  it('shows no secret of what it found', async () => {
    const result = await find({ ...KEYS, AWS_SESSION_TOKEN: 'canary-token' });
    expect(JSON.stringify(result)).not.toContain('canary');
  });
});
