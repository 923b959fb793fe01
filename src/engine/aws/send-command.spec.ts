import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Outcome } from '../core/failure';
import { closeClients } from './sdk-client';
import { type CallsOptions, createCalls } from './codeartifact';
import { aRuntime, never } from '../../../testing/fixtures/aws/fake-runtime';
import { type Loopback, json, loopback } from '../../../testing/fixtures/aws/loopback-server';

// An ES module that jest would have to be told to translate; it does Kerberos for proxies, which we do not ask for.
jest.mock('proxy-agent-negotiate', () => ({ createNegotiateAuth: () => undefined }));

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI-canary' };
const DOMAIN = { domain: 'analytics', domainOwner: '111122223333' };
const TOKEN = { authorizationToken: 'eyJ-canary', expiration: 1_900_000_000 };

let server: Loopback | undefined;

afterEach(async () => {
  closeClients();
  await server?.close();
  server = undefined;
});

const calls = (endpoint: string, more: Partial<CallsOptions> = {}) =>
  createCalls({
    runtime: aRuntime(),
    region: 'us-east-1',
    endpoint,
    endpointType: 'ipv4',
    credentials: {
      source: 'environment variables',
      fingerprint: 'one',
      provider: () => Promise.resolve(KEYS)
    },
    ...more
  });

const mint = (endpoint: string, more: Partial<CallsOptions> = {}, signal = never()) =>
  calls(endpoint, more).getAuthorizationToken({ ...DOMAIN, durationSeconds: 900 }, signal);

describe('what goes out', () => {
  it('leaves the owner out when it is not set, and sends a duration of 0', async () => {
    server = await loopback((_, response) => json(response, TOKEN));
    await calls(server.url).getAuthorizationToken(
      { domain: 'd1', domainOwner: '', durationSeconds: 0 },
      never()
    );
    expect(server.seen).toEqual(['POST /v1/authorization-token?domain=d1&duration=0']);
  });

  it('names the kind of endpoint only when it is dual-stack', async () => {
    server = await loopback((_, response) => json(response, { repositoryEndpoint: 'https://x/' }));
    for (const endpointType of ['ipv4', 'dualstack'] as const) {
      await calls(server.url, { endpointType }).getRepositoryEndpoint(
        { ...DOMAIN, repository: 'r1' },
        never()
      );
    }
    expect(server.seen.map(line => /endpointType=(\w+)/.exec(line)?.[1])).toEqual([undefined, 'dualstack']);
  });

  it('uses one connection for calls one after the other', async () => {
    server = await loopback((_, response) => json(response, TOKEN));
    for (let i = 0; i < 3; i++) {
      await mint(server.url);
    }
    expect(server.connections()).toBe(1);
  });

  it('signs with new keys after the credentials have changed', async () => {
    server = await loopback((_, response) => json(response, TOKEN));
    await mint(server.url);
    const other = { ...KEYS, accessKeyId: 'AKIDOTHER' };
    await mint(server.url, {
      credentials: {
        source: 'environment variables',
        fingerprint: 'two',
        provider: () => Promise.resolve(other)
      }
    });
    expect(server.headers.map(h => /Credential=(\w+)/.exec(h.authorization ?? '')?.[1])).toEqual([
      'AKIDEXAMPLE',
      'AKIDOTHER'
    ]);
  });

  it('goes through a proxy, with its user name and password', async () => {
    server = await loopback((_, response) => json(response, TOKEN));
    const asked: string[] = [];
    const proxy = createServer();
    proxy.on('connect', (request, socket) => {
      asked.push(`${request.url} ${request.headers['proxy-authorization']}`);
      const [host, port] = request.url!.split(':');
      const upstream = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
    });
    await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
    const address = `http://me:pass%20word@127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    expect(await mint(server.url, { proxyOf: () => address })).toMatchObject({ ok: true });
    expect(asked).toEqual([`${server.url.slice(7)} Basic ${Buffer.from('me:pass word').toString('base64')}`]);
    closeClients();
    proxy.closeAllConnections();
    await new Promise(resolve => proxy.close(resolve));
  });
});

describe('what comes back', () => {
  const AWS = { 'x-amzn-requestid': '11111111-2222-3333-4444-555555555555' };
  const error = (type: string) => ({ ...AWS, 'x-amzn-errortype': type });

  it.each<[string, number, unknown, Record<string, string>, object]>([
    ['a token', 200, TOKEN, AWS, { ok: true }],
    [
      'a denial',
      403,
      {
        message:
          'User: arn:aws:sts::111122223333:assumed-role/r/s is not authorized to perform: codeartifact:GetAuthorizationToken on resource: arn:aws:codeartifact:us-east-1:111122223333:domain/analytics with an explicit deny in a VPC endpoint policy'
      },
      error('AccessDeniedException'),
      {
        verdict: 'access_denied',
        evidence: { policyType: 'vpc_endpoint', requestId: AWS['x-amzn-requestid'] }
      }
    ],
    [
      'throttling',
      429,
      { message: 'slow' },
      { ...error('ThrottlingException'), 'retry-after': '7' },
      { verdict: 'throttled', evidence: { retryAfterSeconds: 7 } }
    ],
    [
      'a missing domain',
      404,
      { message: 'no', resourceType: 'domain', resourceId: 'analytics' },
      error('ResourceNotFoundException'),
      { verdict: 'not_found', evidence: { resourceType: 'domain' } }
    ],
    [
      'a dead key',
      400,
      { message: 'kms', reason: 'ENCRYPTION_KEY_ERROR' },
      error('ValidationException'),
      { cause: 'kms_key' }
    ],
    [
      'ended credentials',
      403,
      { message: 'The security token included in the request is expired' },
      error('ExpiredTokenException'),
      { verdict: 'expired_credentials' }
    ],
    ['an empty 500', 500, '', AWS, { verdict: 'service_error', evidence: { status: 500 } }],
    [
      'a web page with 200',
      200,
      '<html>Sign in</html>',
      { 'content-type': 'text/html' },
      { verdict: 'proxy' }
    ],
    ['a web page with 503', 503, '<html>Sorry</html>', { 'content-type': 'text/html' }, { verdict: 'proxy' }],
    ['a proxy that wants a password', 407, '', {}, { verdict: 'proxy', cause: 'http_proxy_auth' }],
    [
      'JSON cut off',
      200,
      '{"authorizationToken": "eyJ-canary',
      AWS,
      { verdict: 'service_error', cause: 'http_garbage' }
    ],
    ['JSON of something else', 200, { hello: 1 }, AWS, { verdict: 'service_error', cause: 'http_garbage' }],
    ['a token without an end', 200, { authorizationToken: 'eyJ-canary' }, AWS, { cause: 'http_garbage' }]
  ])('%s', async (_, status, body, headers, expected) => {
    server = await loopback((_request, response) => json(response, body, status, headers));
    const answer = await mint(server.url);
    expect('ok' in expected ? answer : failureOf(answer)).toMatchObject(expected);
    expect(JSON.stringify(answer)).not.toContain('canary');
    // Tried again: 500, and not a Retry-After that is longer than a diagnosis.
    expect(server.seen).toHaveLength(status === 500 ? 3 : 1);
  });

  it('an answer larger than any of AWS is hung up on, whatever it holds', async () => {
    let sent = 0;
    server = await loopback((_, response) => {
      response.writeHead(200, AWS);
      const chunk = Buffer.alloc(1024 * 1024, ' ');
      const more = (): void => {
        while (!response.destroyed && response.write(chunk)) {
          sent += 1;
        }
        sent += 1;
        response.once('drain', more);
      };
      more();
    });
    expect(failureOf(await mint(server.url))).toMatchObject({
      verdict: 'service_error',
      cause: 'http_garbage'
    });
    // What is on its way in sockets' buffers comes on top of the limit of 4 MiB.
    expect(sent).toBeLessThan(40);
  });

  it('refused', async () => {
    server = await loopback(() => undefined);
    const { url } = server;
    await server.close();
    expect(failureOf(await mint(url))).toMatchObject({ verdict: 'refused' });
  });

  it('silence after the connection is a timeout at the cap', async () => {
    server = await loopback(() => undefined);
    const runtime = aRuntime();
    const impatient = {
      ...runtime,
      clock: { ...runtime.clock, sleep: (_: number, s?: AbortSignal) => runtime.clock.sleep(50, s) }
    };
    expect(failureOf(await mint(server.url, { runtime: impatient }))).toMatchObject({
      verdict: 'timeout',
      cause: 'http_silent'
    });
  });

  it('rejects when the caller gives up, and leaves no socket', async () => {
    const closed = new Promise<void>(resolve => {
      void loopback(request => {
        request.socket.once('close', () => resolve());
        abort.abort(new Error('enough'));
      }).then(async started => {
        server = started;
        await expect(mint(started.url, {}, abort.signal)).rejects.toThrow('enough');
      });
    });
    const abort = new AbortController();
    await closed;
  });

  it('tells what the source of the credentials said when they cannot be renewed', async () => {
    server = await loopback((_, response) => json(response, TOKEN));
    const { CredentialsEnded } = await import('./renewing-provider');
    const failure = {
      verdict: 'expired_credentials',
      cause: 'credentials_expired',
      summary: 'Over.',
      evidence: {}
    } as const;
    const provider = () => Promise.reject(new CredentialsEnded(failure));
    expect(
      await mint(server.url, {
        credentials: { source: 'environment variables', fingerprint: 'three', provider }
      })
    ).toEqual({
      ok: false,
      failure
    });
  });
});

function failureOf<T>(outcome: Outcome<T>): unknown {
  return outcome.ok ? 'no failure' : outcome.failure;
}
