import { aRuntime } from '../../../testing/fixtures/aws/fake-runtime';
import {
  closeServers,
  find,
  identity,
  keysDocument,
  later,
  serve
} from '../../../testing/fixtures/aws/credentials';
import { json } from '../../../testing/fixtures/aws/loopback-server';

afterEach(closeServers);

describe('container role', () => {
  it('asks the relative address on the agent', async () => {
    const agent = await serve((_, response) =>
      json(response, keysDocument({ RoleArn: 'arn:aws:iam::111122223333:role/Studio' }))
    );
    const result = await find(
      { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2/creds' },
      { containerAgent: agent.url }
    );
    expect(agent.seen).toEqual(['GET /v2/creds']);
    expect(result).toMatchObject({
      ok: true,
      value: { source: 'container role', role: 'Studio', accountId: '111122223333' }
    });
  });

  it('sends the authorization token of the file, read each time', async () => {
    const agent = await serve((_, response) => json(response, keysDocument({ Expiration: later(60_000) })));
    let turn = 0;
    const readText = (path: string) => Promise.resolve(path === '/token' ? `turn-${++turn}` : null);
    const result = await find(
      {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `${agent.url}/c`,
        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '/token'
      },
      { readText }
    );
    if (result.ok) {
      await Promise.all([result.value.provider(), result.value.provider()]);
    }
    expect(agent.headers.map(h => h.authorization)).toEqual(['turn-1', 'turn-2']);
  });

  it.each<[string, number, string, string]>([
    ['refuses', 403, '{}', 'it answered with HTTP status 403'],
    [
      'refuses and says why',
      404,
      '{"code": "x", "message": "no association for ns/sa"}',
      'it answered with HTTP status 404: no association for ns/sa'
    ],
    ['fails three times', 500, '', 'it answered with HTTP status 500']
  ])('that %s ends the search with its reason', async (_, status, body, reason) => {
    const agent = await serve((_request, response) => json(response, body, status));
    expect(await find({ AWS_CONTAINER_CREDENTIALS_FULL_URI: agent.url })).toMatchObject({
      ok: false,
      failure: { verdict: 'no_credentials', evidence: { source: 'container role', reason } }
    });
    expect(agent.seen).toHaveLength(status === 500 ? 3 : 1);
  });

  it.each([
    'http://example.com/creds',
    'http://169.254.169.254/x',
    'http://127.0.0.1.evil.example/',
    'file:///etc/passwd',
    'nonsense'
  ])('is not asked at %s', async address => {
    expect(await find({ AWS_CONTAINER_CREDENTIALS_FULL_URI: address })).toMatchObject({
      ok: false,
      failure: { cause: 'credentials_invalid', summary: expect.stringContaining('must be an https address') }
    });
  });
});

describe('instance role', () => {
  const imds = (answer: { token?: number; role?: string; keys?: unknown }) =>
    serve((request, response) => {
      if (request.method === 'PUT') {
        json(response, 'session', answer.token ?? 200);
      } else if (request.url!.endsWith('/security-credentials/')) {
        json(response, answer.role ?? '', answer.role === undefined ? 404 : 200);
      } else {
        json(response, answer.keys ?? keysDocument());
      }
    });

  it.each<[string, Parameters<typeof imds>[0], string]>([
    ['a role', { role: 'Base' }, 'instance role: ASIAX'],
    ['a service of the first version', { role: 'Base', token: 404 }, 'instance role: ASIAX'],
    ['no role', {}, 'no_credentials/credentials_none'],
    ['a service that fails', { role: 'Base', token: 500 }, 'no_credentials/credentials_none'],
    [
      'credentials that have ended',
      { role: 'Base', keys: keysDocument({ Expiration: '2020-01-01T00:00:00Z' }) },
      'expired_credentials/credentials_expired'
    ],
    ['garbage', { role: 'Base', keys: 'hello' }, 'no_credentials/credentials_invalid']
  ])('%s', async (_, answer, expected) => {
    const service = await imds(answer);
    expect(await identity(await find({ AWS_EC2_METADATA_SERVICE_ENDPOINT: service.url }))).toBe(expected);
  });

  it('that is refused says what the service says', async () => {
    const keys = { Code: 'AssumeRoleUnauthorizedAccess', Message: 'EC2 cannot assume the role Base.' };
    const service = await imds({ role: 'Base', keys });
    expect(await find({ AWS_EC2_METADATA_SERVICE_ENDPOINT: service.url })).toMatchObject({
      failure: { summary: expect.stringMatching(/for the role Base: EC2 cannot assume the role Base\.$/) }
    });
  });

  it('is not denied by a service that fails', async () => {
    const service = await imds({ role: 'Base', token: 500 });
    expect(await find({ AWS_EC2_METADATA_SERVICE_ENDPOINT: service.url })).toMatchObject({
      failure: {
        summary: expect.stringMatching(/^No profile is set, and the instance metadata service does not tell/)
      }
    });
  });

  it('does not fall back to the first version when that is switched off', async () => {
    const service = await imds({ role: 'Base', token: 403 });
    const env = { AWS_EC2_METADATA_SERVICE_ENDPOINT: service.url, AWS_EC2_METADATA_V1_DISABLED: 'true' };
    expect(await identity(await find(env))).toBe('no_credentials/credentials_none');
  });

  it('gives up after two silent attempts and says so', async () => {
    const service = await serve(() => undefined);
    const runtime = aRuntime({ AWS_EC2_METADATA_SERVICE_ENDPOINT: service.url });
    const quick = {
      ...runtime,
      clock: { ...runtime.clock, sleep: (_: number, s?: AbortSignal) => runtime.clock.sleep(30, s) }
    };
    const result = await find({}, {}, quick);
    expect(result).toMatchObject({
      ok: false,
      failure: {
        summary: expect.stringContaining(
          'instance role (the instance metadata service was not reached: no answer within 1 s)'
        )
      }
    });
    expect(service.seen).toHaveLength(2);
  });
});
