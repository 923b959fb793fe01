import type { AwsCalls } from '../../../outside/aws/calls';
import { classOfAll, addressClass } from '../../../outside/network/address-class';
import { silence } from '../../../outside/network/deadline';
import type { Network } from '../../../outside/network/network';
import { Secret } from '../../../pure/secret/secret';
import { done, failed, type Outcome } from '../../../pure/verdicts/failure';
import { failureFromNode } from '../../../pure/verdicts/from-node';
import type { LadderDeps } from '../climb';
import { fakeClock, type FakeClock } from './fake-clock';

/** What a host does. Absent parts are healthy. */
export interface FakeHost {
  readonly addresses?: readonly string[];
  /** Node's DNS code. */
  readonly dns?: string;
  /** Addresses that keep silent. */
  readonly silent?: readonly string[];
  readonly refused?: boolean;
  readonly tls?: 'silent';
  readonly status?: number;
  readonly body?: string;
  readonly contentType?: string;
  /** Accepts the request and never answers. */
  readonly mute?: boolean;
  readonly dateMs?: number;
}

export interface FakeWorld {
  readonly clock: FakeClock;
  readonly deps: LadderDeps;
  /** What was asked, in order: "resolve HOST", "GetAuthorizationToken", … */
  readonly asked: string[];
  readonly hosts: Record<string, FakeHost>;
  /** Answers of AWS; replace them to break it. */
  readonly aws: Pick<AwsCalls, 'getAuthorizationToken' | 'getRepositoryEndpoint' | 'describeRepository'>;
}

export const API = 'codeartifact.us-east-1.amazonaws.com';
export const REPOSITORY = 'analytics-111122223333.d.codeartifact.us-east-1.amazonaws.com';
const PAGE = '<!DOCTYPE html><html><body><a href="/pypi/six/">six</a></body></html>';

/** Forever, or until the signal. */
export const never = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  );

/** A ladder whose sockets are scripted and whose clock stands still: for what follows from what. */
export function fakeWorld(env: Record<string, string> = {}): FakeWorld {
  const clock = fakeClock();
  const asked: string[] = [];
  const hosts: Record<string, FakeHost> = {
    [API]: { addresses: ['10.0.1.41', '10.0.2.87'] },
    [REPOSITORY]: { addresses: ['10.0.3.18', '10.0.4.77'] }
  };
  const of = (host: string): FakeHost => hosts[host] ?? { dns: 'ENOTFOUND' };
  const aws: FakeWorld['aws'] = {
    getAuthorizationToken: async () =>
      done({ token: new Secret('t0ken'), expiresAt: clock.now() + 12 * 3600_000, requestId: 'r-token' }),
    getRepositoryEndpoint: async () =>
      done({ url: `https://${REPOSITORY}/pypi/isolatedsm/`, requestId: 'r-endpoint' }),
    describeRepository: async () =>
      done({
        name: 'isolatedsm',
        domain: 'analytics',
        domainOwner: '111122223333',
        description: '',
        upstreams: ['pypi-store'],
        externalConnections: []
      })
  };
  const deps: LadderDeps = {
    world: { clock, dice: () => 0.5, env, home: '/home/me', platform: 'linux', pid: 1, log: () => undefined },
    network: fakeNetwork(clock, asked, of),
    readText: async () => null,
    aws: {
      findRegion: async (_world, settings) => done({ region: settings.region, source: 'the setting region' }),
      findCredentials: async () => {
        asked.push('credentials');
        return done({
          source: 'instance role',
          role: 'notebook-role',
          principal: 'arn:aws:sts::111122223333:assumed-role/notebook-role/SageMaker',
          accountId: '111122223333',
          fingerprint: 'f',
          tried: [],
          provider: async () => ({ accessKeyId: 'A', secretAccessKey: 'S' })
        });
      },
      createCalls: () =>
        ({
          getAuthorizationToken: (input, signal) => {
            asked.push('GetAuthorizationToken');
            return aws.getAuthorizationToken(input, signal);
          },
          getRepositoryEndpoint: (input, signal) => {
            asked.push('GetRepositoryEndpoint');
            return aws.getRepositoryEndpoint(input, signal);
          },
          describeRepository: (input, signal) => aws.describeRepository(input, signal)
        }) as AwsCalls
    }
  };
  return { clock, deps, asked, hosts, aws };
}

function fakeNetwork(clock: FakeClock, asked: string[], of: (host: string) => FakeHost): Network {
  const hostAt = (address: string, host: string) => (of(host).silent ?? []).includes(address);
  return {
    async resolve(host) {
      asked.push(`resolve ${host}`);
      const { dns, addresses = [] } = of(host);
      const broken = (code: string): Outcome<never> => ({
        ok: false,
        failure: failureFromNode({ code }, { phase: 'dns', host, waitedMs: 1 })
      });
      return dns
        ? broken(dns)
        : done({ addresses, addressClass: classOfAll(addresses), source: 'system', servers: ['10.0.0.2'] });
    },
    async connect({ host, port, addresses, capMs }, signal, onFirst) {
      asked.push(`connect ${host}:${port}`);
      const alive = addresses.filter(one => !hostAt(one, host) && !of(host).refused);
      if (alive[0]) {
        onFirst?.(alive[0]);
      }
      if (addresses.some(one => hostAt(one, host))) {
        await clock.sleep(capMs, signal);
      }
      const results = addresses.map(address => {
        const good = alive.includes(address);
        const error = hostAt(address, host) ? 'ETIMEDOUT' : 'ECONNREFUSED';
        return { address, addressClass: addressClass(address), ok: good, ms: 1, ...(good ? {} : { error }) };
      });
      if (alive.length > 0) {
        return { results };
      }
      const error = of(host).refused ? { code: 'ECONNREFUSED' } : silence();
      const at = {
        phase: 'tcp' as const,
        host,
        port,
        addressClass: classOfAll(addresses),
        addresses: results
      };
      return { results, failure: failureFromNode(error, { ...at, waitedMs: capMs }) };
    },
    async handshake({ host, port, capMs }, signal) {
      asked.push(`handshake ${host}`);
      if (of(host).tls === 'silent') {
        await clock.sleep(capMs, signal);
        return {
          ok: false,
          failure: failureFromNode(silence(), { phase: 'tls', host, port, waitedMs: capMs })
        };
      }
      return done({ protocol: 'TLSv1.3', issuer: 'Amazon', subject: host, validFrom: '', validTo: '' });
    },
    async get({ url, capMs }, signal) {
      const { host } = new URL(url);
      asked.push(`get ${host}`);
      const { mute, status = host.includes('.d.') ? 200 : 403, dateMs, contentType, body } = of(host);
      if (mute) {
        await clock.sleep(capMs, signal);
        return { ok: false, failure: failureFromNode(silence(), { phase: 'http', host, waitedMs: capMs }) };
      }
      const page = host.includes('.d.');
      const headers = {
        'content-type': contentType ?? (page ? 'text/html' : 'application/json'),
        date: new Date(dateMs ?? clock.now()).toUTCString()
      };
      return done({ status, headers, body: body ?? (page ? PAGE : '{}'), cut: false });
    }
  };
}

export const denied = failed('access_denied', 'denied', 'The role may not ask for a token.', {
  policyType: 'identity',
  action: 'codeartifact:GetAuthorizationToken',
  requestId: 'r-denied'
});
