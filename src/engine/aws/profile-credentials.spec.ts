import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aRuntime, fromDisk } from '../../../testing/fixtures/aws/fake-runtime';
import {
  closeServers,
  find,
  identity,
  keysSection,
  later,
  SECRET,
  serve
} from '../../../testing/fixtures/aws/credentials';
import { json } from '../../../testing/fixtures/aws/loopback-server';

const HOUR = 3_600_000;

afterEach(closeServers);

describe('profiles that ask a service', () => {
  let home = '';
  const before = { ...process.env };
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'credentials-'));
    await mkdir(join(home, '.aws', 'sso', 'cache'), { recursive: true });
    process.env.HOME = home;
    delete process.env.AWS_CA_BUNDLE;
  });
  afterEach(async () => {
    process.env = { ...before };
    await rm(home, { recursive: true });
  });

  const config = (text: string) => writeFile(join(home, '.aws', 'config'), text);
  let env: Record<string, string> = {};
  const fromHome = (profile: string) => find({}, { profile, readText: fromDisk }, aRuntime(env, { home }));

  it('assumes a role with the keys of another profile', async () => {
    const sts = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/xml' });
      response.end(
        `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>${SECRET}</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${later()}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`
      );
    });
    env = { AWS_ENDPOINT_URL_STS: sts.url };
    await config(
      `${keysSection('profile base', 'AKIABASE')}[profile r]\nrole_arn = arn:aws:iam::444455556666:role/team/Reader\nsource_profile = base\n`
    );
    const result = await fromHome('r');
    expect(await identity(result)).toBe('profile r (assumed role): ASIAROLE');
    expect(result).toMatchObject({
      ok: true,
      value: { role: 'Reader', accountId: '444455556666', expiresAt: expect.any(Number) }
    });
  });

  it('names the call that refused the role', async () => {
    const sts = await serve((_, response) => {
      response.writeHead(403, { 'content-type': 'text/xml' });
      response.end(
        '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: arn:aws:iam::111122223333:user/u is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/Reader</Message></Error></ErrorResponse>'
      );
    });
    env = { AWS_ENDPOINT_URL_STS: sts.url };
    await config(
      `${keysSection('profile base', 'AKIABASE')}[profile r]\nrole_arn = arn:aws:iam::444455556666:role/Reader\nsource_profile = base\n`
    );
    expect(await fromHome('r')).toMatchObject({
      ok: false,
      failure: {
        cause: 'role_denied',
        verdict: 'access_denied',
        summary: expect.stringContaining(
          'AWS STS does not let arn:aws:iam::111122223333:user/u assume the role arn:aws:iam::444455556666:role/Reader'
        ),
        evidence: { profile: 'r', signedBy: 'profile base', service: 'AWS STS' }
      }
    });
  });

  const sso = (portal: string) =>
    `[profile s]\nsso_session = corp\nsso_account_id = 777788889999\nsso_role_name = Data\n[sso-session corp]\nsso_start_url = ${portal}/start\nsso_region = eu-west-1\n`;
  const signedIn = (expiresAt: string) =>
    writeFile(
      join(home, '.aws', 'sso', 'cache', `${createHash('sha1').update('corp').digest('hex')}.json`),
      JSON.stringify({ accessToken: 'canary-sso', expiresAt, region: 'eu-west-1', startUrl: 'x' })
    );

  it('takes credentials from IAM Identity Center', async () => {
    const portal = await serve((_, response) =>
      json(response, {
        roleCredentials: {
          accessKeyId: 'ASIASSO',
          secretAccessKey: SECRET,
          sessionToken: 't',
          expiration: Date.now() + HOUR
        }
      })
    );
    env = { AWS_ENDPOINT_URL_SSO: portal.url };
    await config(sso(portal.url));
    await signedIn(later());
    const result = await fromHome('s');
    expect(await identity(result)).toBe('profile s (IAM Identity Center): ASIASSO');
    expect(result).toMatchObject({ ok: true, value: { role: 'Data', accountId: '777788889999' } });
  });

  it.each<[string, string | null]>([
    ['a sign-in that has ended', '2020-01-01T00:00:00Z'],
    ['no sign-in', null]
  ])('%s names the command that signs in', async (_, until) => {
    await config(sso('https://portal.example'));
    if (until) {
      await signedIn(until);
    }
    const result = await fromHome('s');
    expect(result).toMatchObject({
      ok: false,
      failure: { verdict: 'expired_credentials', evidence: { signIn: 'aws sso login --profile s' } }
    });
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  it('runs the program of credential_process, as the AWS CLI does', async () => {
    const answer = JSON.stringify({ Version: 1, AccessKeyId: 'ASIAPROCESS', SecretAccessKey: SECRET });
    await writeFile(join(home, 'answer.json'), answer);
    await config(`[profile p]\ncredential_process = cat ${join(home, 'answer.json')}\n`);
    expect(await identity(await fromHome('p'))).toBe('profile p (credential_process): ASIAPROCESS');
  });

  // botocore: ProcessProvider raises with what the program wrote to stderr.
  it.each<[string, string, string]>([
    [
      'what it said, at the end',
      'echo one >&2; echo vault is sealed >&2; exit 7',
      'status 7: one vault is sealed.'
    ],
    ['silence', 'exit 3', 'exit status 3, without a word of why.'],
    ['a signal', 'kill -9 $$', 'exit status 137'],
    [
      'no secret that it said',
      'echo key canary/Secret0123456789abcdEFGH >&2; exit 1',
      'exit status 1: key ***.'
    ],
    [
      'no secret in JSON',
      `echo '{"SecretAccessKey": "canarycanary"}' >&2; exit 1`,
      '"SecretAccessKey": "***"'
    ],
    ['nothing of stdout', 'echo canary; exit 1', 'exit status 1, without a word of why.'],
    ['another version', `echo '{"Version": 2}'`, 'Version is not 1.'],
    [
      'half a pair',
      `echo '{"Version": 1, "AccessKeyId": "A"}'`,
      'AccessKeyId or SecretAccessKey is missing.'
    ],
    ['no JSON', 'echo canary', 'what it printed is no JSON object.'],
    ['nothing', 'echo null', 'what it printed is no JSON object.']
  ])('a program that fails is told with its exit status and %s', async (_, script, words) => {
    const program = join(home, "it's #1; p");
    await writeFile(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    await config(`[profile p]\ncredential_process = "${program}"\n`);
    const bad = await fromHome('p');
    expect(bad).toMatchObject({
      ok: false,
      failure: { cause: 'credentials_invalid', summary: expect.stringContaining(words) }
    });
    expect(JSON.stringify(bad)).not.toContain('canary');
  });

  it('a program that is not there is told with the words of the shell', async () => {
    await config('[profile p]\ncredential_process = /nowhere/program --password canary\n');
    const bad = await fromHome('p');
    expect(bad).toMatchObject({
      ok: false,
      failure: { summary: expect.stringMatching(/exit status 127: .*\/nowhere\/program/) }
    });
    expect(JSON.stringify(bad)).not.toContain('canary');
  });
});
