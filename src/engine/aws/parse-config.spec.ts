import { awsFiles } from './parse-config';

const CONFIG = `\uFEFF# comment
[default]
region = us-east-1 ; part of the value
OUTPUT: json

[profile dev]
region=eu-west-1
services = mine
s3 =
    max_concurrent_requests = 20
role_arn = arn:aws:iam::1:role/r

[profile "two words"]
region = a

[plain]
region = not-a-profile

[services mine]
codeartifact =
  endpoint_url = https://x.example
s3 =
  endpoint_url = https://s3.example
`;

const read = awsFiles(CONFIG, '[dev]\r\naws_access_key_id = A\r\nregion = from-credentials\r\n[other]\n');

it('reads profiles as botocore does', () => {
  expect(read.names).toEqual(['default', 'dev', 'two words', 'other']);
  expect(read.profile('default')?.merged).toEqual({
    region: 'us-east-1 ; part of the value',
    output: 'json'
  });
  expect(read.profile('two words')?.merged).toEqual({ region: 'a' });
  expect(read.profile('plain')).toBeUndefined();
});

it('keeps the two files apart, and lets the credentials file win', () => {
  expect(read.profile('dev')).toMatchObject({
    config: {
      region: 'eu-west-1',
      services: 'mine',
      role_arn: 'arn:aws:iam::1:role/r',
      's3.max_concurrent_requests': '20'
    },
    credentials: { aws_access_key_id: 'A' },
    merged: { region: 'from-credentials', services: 'mine' }
  });
});

it('reads nested sections of other kinds', () => {
  expect(read.section('services', 'mine')).toMatchObject({
    'codeartifact.endpoint_url': 'https://x.example'
  });
  expect(read.section('services', 'none')).toBeUndefined();
});

it('missing files are empty', () => {
  expect(awsFiles(null, null).names).toEqual([]);
});
