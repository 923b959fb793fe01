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

  it('knows the latest tokens by value, and for good what lasts as long as the process', () => {
    const months = createRedactor(base64);
    months.learnForGood('lasting-secret-value');
    const tokens = Array.from({ length: 40 }, (_, i) => `opaque.value.number.${i}.`);
    tokens.forEach(token => months.learn(token));
    // Read again from a file: it is the latest, and not one more.
    months.learn(tokens[30]);
    months.learn('one.more.opaque.value');
    const text = ['lasting-secret-value', ...tokens, encodeURIComponent(tokens[39])].join('\n');
    const seen = months.redact(text);
    expect(seen).not.toContain('lasting');
    expect(tokens.filter(token => !seen.includes(token))).toEqual([...tokens.slice(25)]);
    expect(seen).toContain(tokens[0]);
  });

  it.each([
    'machine h login aws password hunter',
    'machine h\n  login aws\n  password hunter\n',
    'password hunter',
    'machine h login aws password\thunterhunterhunterhunter',
    'the password huNter2 of ada',
    'Authorization: Bearer hunterhunter',
    '{"Authorization": "Basic hunterhunter"}'
  ])('masks a word where only a password stands: %s', text => {
    expect(redact(text)).not.toMatch(/hun/i);
  });

  it.each([
    'https://example.com/pypi/r/simple/ answered 403: User: arn:aws:iam::1:role/x is not authorized',
    '~/.netrc, which has no password for 127.0.0.1.',
    'index-url in pip.conf, line 4 (https://h/simple/), whose password the index refuses.',
    'extra-index-url, which wants a password that pip does not have.',
    'The proxy wants a user name and password. Put the password into HTTPS_PROXY.',
    'The index refuses a password',
    'username = aws\npassword = ****\n',
    'machine h login aws password ***',
    'Basic authentication is refused; Bearer authentication, too'
  ])('leaves a sentence alone: %s', text => {
    expect(redact(text)).toBe(text);
  });
});
