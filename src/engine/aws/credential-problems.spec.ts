import { closeServers, find, KEYS, SECRET, serve } from '../../../testing/fixtures/aws/credentials';
import { files } from '../../../testing/fixtures/aws/fake-runtime';

const CONFIG = '/nowhere/.aws/config';
const ROLE = 'role_arn = arn:aws:iam::444455556666:role/Data';
const BOTH = `aws_access_key_id = A\naws_secret_access_key = ${SECRET}`;

afterEach(closeServers);

const found = (config: string, env: Record<string, string> = {}, profile = 'p') =>
  find(env, { profile, readText: files({ [CONFIG]: config }) });

describe('what is wrong with a profile is named, and the profile', () => {
  it.each<[string, string, string]>([
    ['keys and a role, but no source', `[profile p]\n${ROLE}\n${BOTH}`, 'neither source_profile nor'],
    [
      'two sources',
      `[profile p]\n${ROLE}\nsource_profile = a\ncredential_source = Environment`,
      'names both'
    ],
    ['a source profile that is not there', `[profile p]\n${ROLE}\nsource_profile = gone`, 'gone'],
    [
      'one without credentials',
      `[profile p]\n${ROLE}\nsource_profile = a\n[profile a]\nregion = x`,
      'has no credentials'
    ],
    [
      'a loop',
      `[profile p]\n${ROLE}\nsource_profile = a\n[profile a]\n${ROLE}\nsource_profile = p`,
      'leads back to p'
    ],
    ['a source of another spelling', `[profile p]\n${ROLE}\ncredential_source = ec2`, 'none of Environment'],
    ['an empty source', `[profile p]\n${ROLE}\ncredential_source = Environment`, 'which has none'],
    [
      'a code of an MFA device',
      `[profile p]\n${ROLE}\nsource_profile = a\nmfa_serial = arn:x\n[profile a]\n${BOTH}`,
      'MFA device'
    ],
    ['half a pair of keys', '[profile p]\naws_access_key_id = A', 'lacks one of'],
    ['a token file without a role', '[profile p]\nweb_identity_token_file = /t', 'no role_arn'],
    [
      'an sso-session that is not there',
      '[profile p]\nsso_session = corp\nsso_role_name = D',
      '[sso-session corp]'
    ],
    ['half an SSO profile', '[profile p]\nsso_role_name = D', 'sso_account_id, sso_start_url, sso_region'],
    [
      'two values for one',
      '[profile p]\nsso_session = c\nsso_role_name = D\nsso_region = a\n[sso-session c]\nsso_region = b',
      'different values for sso_region'
    ],
    ['a quotation mark', "[profile p]\ncredential_process = a 'b", 'quotation mark']
  ])('%s', async (_, config, words) => {
    const result = await found(config);
    expect(result).toMatchObject({
      ok: false,
      failure: { cause: 'credentials_invalid', summary: expect.stringContaining(words) }
    });
    expect(JSON.stringify(result)).not.toContain(SECRET);
  });
});

it('a profile that a variable names and that is nowhere is told before keys of the environment are used', async () => {
  expect(await found(`[profile a]\n${BOTH}`, { ...KEYS, AWS_PROFILE: 'nope' }, '')).toMatchObject({
    ok: false,
    failure: {
      cause: 'profile_missing',
      summary: expect.stringMatching(/nope, which the variable AWS_PROFILE names.*There are: a/)
    }
  });
});

it('a profile that is named and has nothing is told by its name, and not as if none were set', async () => {
  const nobody = { AWS_PROFILE: 'a', AWS_EC2_METADATA_DISABLED: 'true' };
  expect(await found('[profile a]\nregion = x', nobody, '')).toMatchObject({
    ok: false,
    failure: {
      cause: 'credentials_none',
      summary: expect.stringMatching(
        /^The profile a, which the variable AWS_PROFILE names, has no credentials/
      )
    }
  });
});

it('a role whose source has nothing says why', async () => {
  const config = `[profile p]\n${ROLE}\ncredential_source = Ec2InstanceMetadata`;
  expect(await found(config, { AWS_EC2_METADATA_DISABLED: 'true' })).toMatchObject({
    ok: false,
    failure: { summary: expect.stringContaining('has none: AWS_EC2_METADATA_DISABLED is true.') }
  });
});

it.each<[string, string, number]>([
  ['a section twice', '[default]\n[default]', 2],
  ['a setting twice', '[default]\na = 1\nA = 2', 3],
  ['no section', 'region = x', 1],
  ['no value', '[default]\nregion', 2]
])('a file that the AWS CLI cannot read, %s, is named with its line', async (_, config, line) => {
  expect(await found(config, KEYS, '')).toMatchObject({
    ok: false,
    failure: { cause: 'aws_config_unparsable', evidence: { line, path: CONFIG } }
  });
});

it('reads a section that is indented throughout', async () => {
  const result = await found(`[default]\n  ${BOTH.replace('\n', '\n  ')}`, {}, '');
  expect(result).toMatchObject({ ok: true, value: { source: 'profile default' } });
});

describe('AWS STS', () => {
  const config = `[profile p]\n${ROLE}\nsource_profile = a\n[profile a]\n${BOTH}`;

  it('that refuses the connection is named, and not CodeArtifact', async () => {
    const sts = await serve(() => undefined);
    const { url } = sts;
    await sts.close();
    expect(await found(config, { AWS_ENDPOINT_URL_STS: url })).toMatchObject({
      ok: false,
      failure: {
        cause: 'credential_service_unreachable',
        summary: expect.stringContaining('AWS STS has to be asked for the credentials, but 127.0.0.1'),
        evidence: { service: 'AWS STS', problem: 'refused' }
      }
    });
  });

  const error = (code: string, status: number) =>
    serve((_, response) => {
      response.writeHead(status, { 'content-type': 'text/xml' });
      response.end(
        `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>Why.</Message></Error></ErrorResponse>`
      );
    });

  it.each([
    ['InvalidClientTokenId', 403, 'credentials_rejected', 'profile a', 'a'],
    ['ExpiredToken', 403, 'credentials_expired', 'profile a', 'a'],
    ['ValidationError', 400, 'role_rejected', 'profile p (assumed role)', 'p']
  ])('%s is about %s', async (code, status, cause, source, profile) => {
    const sts = await error(code, status);
    expect(await found(config, { AWS_ENDPOINT_URL_STS: sts.url })).toMatchObject({
      ok: false,
      failure: { cause, evidence: { service: 'AWS STS', source, profile } }
    });
  });

  it('is asked again after one 503, and who signs is told', async () => {
    let asked = 0;
    const sts = await serve((_, response) => {
      asked += 1;
      response.writeHead(asked === 1 ? 503 : 200, { 'content-type': 'text/xml' });
      response.end(
        asked === 1
          ? ''
          : `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><AssumedRoleUser><Arn>arn:aws:sts::444455556666:assumed-role/Data/me</Arn><AssumedRoleId>x</AssumedRoleId></AssumedRoleUser><Credentials><AccessKeyId>A</AccessKeyId><SecretAccessKey>${SECRET}</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`
      );
    });
    expect(await found(config, { AWS_ENDPOINT_URL_STS: sts.url })).toMatchObject({
      ok: true,
      value: {
        attempts: 2,
        role: 'Data',
        principal: 'arn:aws:iam::444455556666:role/Data',
        session: 'arn:aws:sts::444455556666:assumed-role/Data/me'
      }
    });
  });
});
