import { inspect } from 'node:util';
import { createRedactor } from './redact';
import { Secret } from './secret';

const TOKEN = 'canary+token/with=signs0123456789';
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('a secret', () => {
  it('never prints', () => {
    const secret = new Secret(TOKEN);
    expect(
      [`${secret}`, JSON.stringify({ secret }), inspect({ secret }), String(secret)].join()
    ).not.toContain('canary');
    expect(secret.reveal()).toBe(TOKEN);
  });
});

describe('redaction', () => {
  const { learn, redact } = createRedactor(base64);
  learn(new Secret(TOKEN));

  it.each([
    ['plain', `token ${TOKEN} here`],
    ['percent-encoded', `https://x/${encodeURIComponent(TOKEN)}`],
    ['in Basic', `x ${base64(`aws:${TOKEN}`)} y`]
  ])('masks a known value: %s', (_, text) => {
    const clean = redact(text);
    expect(clean).toContain('***');
    expect(clean).not.toMatch(/canary|Y2FuYXJ5|OmNhbm/);
  });

  it.each([
    'index-url = https://aws:s3cr3tvalue@host/pypi/r/simple/',
    'machine h login aws password s3cr3tvalue',
    'Authorization: Basic czNjcjN0dmFsdWU=',
    'AWS_SECRET_ACCESS_KEY=s3cr3tvalue',
    '{"authorizationToken": "s3cr3tvalue", "x": 1}',
    'aws_session_token = s3cr3tvalue',
    'eyJ2ZXIiOjEsImlzdSI6MTU5.s3cr3tvalue'
  ])('masks an unknown value by its shape: %s', text => {
    expect(redact(text)).not.toMatch(/s3cr3tvalue|czNjcjN0/);
  });

  it('leaves ordinary text alone', () => {
    const text =
      'https://example.com/pypi/r/simple/ answered 403: User: arn:aws:iam::1:role/x is not authorized';
    expect(redact(text)).toBe(text);
  });
});
