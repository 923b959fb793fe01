import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DEFAULT_SETTINGS } from '../../protocol/settings';
import { findRegion } from './region';
import { aRuntime, files, fromDisk, never, noFiles } from '../../../testing/fixtures/aws/fake-runtime';
import { type Loopback, json, loopback } from '../../../testing/fixtures/aws/loopback-server';

const CONFIG = '/nowhere/.aws/config';
const SAGEMAKER = '/opt/ml/metadata/resource-metadata.json';
const ARN = 'arn:aws:sagemaker:eu-west-2:111122223333:notebook-instance/mine';

// The AWS CLI takes half a second to start, and several on a busy machine.
jest.setTimeout(60_000);

let service: Loopback | undefined;
afterEach(() => service?.close());

const find = (settings: object, env: Record<string, string> = {}, readText = noFiles) =>
  findRegion(aRuntime(env), { ...DEFAULT_SETTINGS, ...settings }, readText, never());

const all = files({
  [CONFIG]:
    '[default]\nregion = eu-north-1\n[profile dev]\nregion = eu-south-1\n[profile bare]\noutput = json\n',
  [SAGEMAKER]: JSON.stringify({ ResourceArn: ARN, ResourceName: 'mine' }, null, 2)
});

it.each<[string, object, Record<string, string>, string, string]>([
  [
    'the setting first',
    { region: 'us-west-2' },
    { AWS_REGION: 'eu-west-1' },
    'us-west-2',
    'the setting region'
  ],
  [
    'AWS_REGION',
    {},
    { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-3' },
    'eu-west-1',
    'the variable AWS_REGION'
  ],
  [
    'AWS_DEFAULT_REGION',
    {},
    { AWS_DEFAULT_REGION: 'eu-west-3', AWS_REGION: '' },
    'eu-west-3',
    'the variable AWS_DEFAULT_REGION'
  ],
  ['the default profile', {}, {}, 'eu-north-1', 'profile default'],
  ['the profile of the setting', { profile: 'dev' }, { AWS_PROFILE: 'bare' }, 'eu-south-1', 'profile dev'],
  ['the profile of AWS_PROFILE', {}, { AWS_PROFILE: 'dev' }, 'eu-south-1', 'profile dev'],
  [
    "SageMaker's file when the profile names none",
    { profile: 'bare' },
    {},
    'eu-west-2',
    "SageMaker's notebook metadata"
  ]
])('%s', async (_, settings, env, region, source) => {
  expect(await find(settings, env, all)).toMatchObject({ ok: true, value: { region, source } });
});

it('the instance last', async () => {
  service = await loopback((request, response) =>
    json(
      response,
      request.method === 'PUT' ? 'session' : request.url!.endsWith('/placement/region') ? 'ap-south-1\n' : ''
    )
  );
  const found = await find({}, { AWS_EC2_METADATA_SERVICE_ENDPOINT: service.url });
  expect(found).toMatchObject({ ok: true, value: { region: 'ap-south-1', source: 'instance metadata' } });
  expect(service.headers.at(-1)).toMatchObject({ 'x-aws-ec2-metadata-token': 'session' });
});

it('says what to set when there is none', async () => {
  expect(await find({})).toMatchObject({
    ok: false,
    failure: {
      verdict: 'invalid_settings',
      summary: 'No AWS Region is set: give region, such as us-east-1, or set AWS_REGION.'
    }
  });
});

it('a Region without CodeArtifact is told, with where it came from', async () => {
  expect(await find({}, { AWS_REGION: 'us-west-1' })).toMatchObject({
    ok: false,
    failure: {
      cause: 'region_without_codeartifact',
      evidence: { region: 'us-west-1', source: 'the variable AWS_REGION' }
    }
  });
  const own = { AWS_REGION: 'us-west-1', AWS_ENDPOINT_URL_CODEARTIFACT: 'http://127.0.0.1:1' };
  expect(await find({}, own)).toMatchObject({ ok: true });
});

it("garbage in SageMaker's file is no Region", async () => {
  expect(
    await find({}, {}, files({ [SAGEMAKER]: '{"ResourceArn": "arn:aws:sagemaker:evil.example:1' }))
  ).toMatchObject({ ok: false });
});

it.each<[string, string, object | undefined]>([
  [
    'the profile',
    '[default]\nendpoint_url = https://a.example',
    { url: 'https://a.example', source: 'endpoint_url of profile default' }
  ],
  [
    'its services section first',
    '[default]\nservices = s\nendpoint_url = https://a.example\n[services s]\ncodeartifact =\n  endpoint_url = https://b.example',
    { url: 'https://b.example', source: 'endpoint_url of profile default' }
  ],
  [
    'ignored',
    '[default]\nendpoint_url = https://a.example\nignore_configured_endpoint_urls = true',
    undefined
  ]
])('endpoint_url: %s', async (_, config, expected) => {
  const found = await find({ region: 'us-east-1' }, {}, files({ [CONFIG]: config }));
  expect(found.ok && found.value.endpoint?.named).toEqual(expected);
});

// The AWS CLI of the development environment is version 1: it does not read AWS_REGION, so those rows have none.
const aws = resolve('.venv/bin/aws');
(existsSync(aws) ? describe : describe.skip)('as the AWS CLI finds it', () => {
  let home = '';
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'region-'));
    await mkdir(join(home, '.aws'));
    await writeFile(
      join(home, '.aws', 'config'),
      '[default]\nregion = eu-north-1\n[profile dev]\nregion = eu-south-1\n'
    );
    await writeFile(join(home, 'other'), '[default]\nregion = eu-west-3\n');
  });
  afterAll(() => rm(home, { recursive: true }));

  it.each<[string, Record<string, string>]>([
    ['', {}],
    ['dev', {}],
    ['', { AWS_PROFILE: 'dev' }],
    ['', { AWS_PROFILE: 'dev', AWS_DEFAULT_PROFILE: 'default' }],
    ['dev', { AWS_DEFAULT_REGION: 'us-east-2' }],
    ['', { AWS_CONFIG_FILE: '~/other' }]
  ])('profile %j, %j', async (profile, env) => {
    const args = ['configure', 'list', ...(profile ? ['--profile', profile] : [])];
    const out = execFileSync(aws, args, {
      env: { HOME: home, PATH: '/usr/bin:/bin', AWS_EC2_METADATA_DISABLED: 'true', ...env },
      encoding: 'utf8'
    });
    const theirs = /^\s*region\s*:?\s+(\S+)/m.exec(out)?.[1];
    const ours = await findRegion(
      aRuntime(env, { home }),
      { ...DEFAULT_SETTINGS, profile },
      fromDisk,
      never()
    );
    expect(ours.ok && ours.value.region).toBe(theirs);
  });
});
