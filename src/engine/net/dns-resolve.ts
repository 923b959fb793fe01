import { lookup as systemLookup, promises as dns } from 'node:dns';
import { isIP } from 'node:net';
import type { AddressClass } from '../../protocol/rung';
import { done, type Outcome, withFacts } from '../core/failure';
import { failureFromNode } from './node-error';
import type { Clock } from '../runtime/runtime';
import { classOfAll } from './address-class';
import { abortReason, DeadlineExceeded, within } from '../runtime/deadline';

export interface Resolution {
  readonly addresses: readonly string[];
  readonly addressClass?: AddressClass;
  /** `system`: getaddrinfo, which pip and the AWS CLI use (hosts file first); `resolver`: the DNS server alone. */
  readonly source: 'literal' | 'system' | 'resolver';
  /** The DNS servers that were asked. */
  readonly servers: readonly string[];
  /** Set when the DNS server has an answer that getaddrinfo does not give: its error code. */
  readonly systemError?: string;
}

export interface ResolveLimits {
  /** One attempt of the resolver, milliseconds; the second waits twice as long (c-ares). */
  readonly tryMs: number;
  readonly tries: number;
  /** The whole step, milliseconds. */
  readonly capMs: number;
  /** How long getaddrinfo may still take once the resolver has answered, milliseconds. */
  readonly graceMs: number;
}

export type Lookup = (host: string) => Promise<readonly string[]>;

export interface ResolveOptions {
  /** Instead of the system's servers; tests only. */
  readonly servers?: readonly string[];
  /** Instead of getaddrinfo; null to leave it out. */
  readonly lookup?: Lookup | null;
}

export type Resolve = (
  host: string,
  limits: ResolveLimits,
  signal: AbortSignal
) => Promise<Outcome<Resolution>>;

type Answer = { readonly addresses: readonly string[] } | { readonly error: unknown };

const settle = (promise: Promise<readonly string[]>): Promise<Answer> =>
  promise.then(
    addresses => ({ addresses }),
    (error: unknown) => ({ error })
  );

const getaddrinfo: Lookup = host =>
  new Promise((resolve, reject) =>
    systemLookup(host, { all: true, order: 'verbatim' }, (error, found) =>
      error ? reject(error) : resolve([...new Set(found.map(one => one.address))])
    )
  );

/**
 * Looks names up in two ways at once. getaddrinfo is what pip and the AWS CLI use (it reads the hosts
 * file), but it cannot tell a refusing resolver from a silent one, cannot be cancelled, and two
 * hung calls block all others of the process; the resolver (c-ares) can. So getaddrinfo's addresses are
 * taken when they come in time, and the resolver says why there are none.
 */
export function createResolve(clock: Clock, options: ResolveOptions = {}): Resolve {
  const lookup = options.lookup === undefined ? getaddrinfo : options.lookup;
  /** A hung getaddrinfo keeps a thread for up to 20 s: one per name is enough. */
  const underWay = new Map<string, Promise<Answer>>();

  function askSystem(host: string): Promise<Answer> {
    if (!lookup) {
      return Promise.resolve({ error: new Error('not asked') });
    }
    const running =
      underWay.get(host) ??
      settle(lookup(host)).finally(() => {
        underWay.delete(host);
      });
    underWay.set(host, running);
    return running;
  }

  return async (host, limits, signal) => {
    const literal = host.replace(/^\[|\]$/g, '');
    if (isIP(literal)) {
      return done({
        addresses: [literal],
        addressClass: classOfAll([literal]),
        source: 'literal',
        servers: []
      });
    }
    const started = clock.ticks();
    const resolver = new dns.Resolver({ timeout: limits.tryMs, tries: limits.tries });
    if (options.servers) {
      resolver.setServers(options.servers);
    }
    const servers = resolver.getServers();
    try {
      const found = await within(clock, limits.capMs, signal, inner =>
        decide(clock, settle(askResolver(resolver, host)), askSystem(host), limits.graceMs, inner)
      );
      return done({ ...found, addressClass: classOfAll(found.addresses), servers });
    } catch (error) {
      if (signal.aborted) {
        throw abortReason(signal);
      }
      const waitedMs = Math.round(clock.ticks() - started);
      const failure = failureFromNode(isSilence(error) ? NO_ANSWER : error, {
        phase: 'dns',
        host,
        waitedMs
      });
      return { ok: false, failure: withFacts(failure, { resolver: servers }) };
    } finally {
      resolver.cancel();
    }
  };
}

/** c-ares' own code, https://nodejs.org/api/dns.html#error-codes */
const NO_ANSWER = Object.assign(new Error('no answer'), { code: dns.TIMEOUT });

/** Our own time limit, directly or by way of `resolver.cancel()`. */
const isSilence = (error: unknown): boolean =>
  error instanceof DeadlineExceeded || (error as { code?: unknown }).code === dns.CANCELLED;

/** The resolver alone: IPv4 first, IPv6 only when there is no IPv4 address. */
async function askResolver(resolver: dns.Resolver, host: string): Promise<readonly string[]> {
  const six = settle(resolver.resolve6(host));
  try {
    return await resolver.resolve4(host);
  } catch (error) {
    if ((error as { code?: string }).code === 'ENODATA') {
      const answer = await six;
      if ('addresses' in answer) {
        return answer.addresses;
      }
    }
    throw error;
  }
}

type Found = Pick<Resolution, 'addresses' | 'source' | 'systemError'>;

/** getaddrinfo's addresses if they come, within the grace; else the resolver's answer or reason. */
async function decide(
  clock: Clock,
  fromResolver: Promise<Answer>,
  fromSystem: Promise<Answer>,
  graceMs: number,
  signal: AbortSignal
): Promise<Found> {
  const first = await Promise.race([fromSystem, fromResolver.then(() => null)]);
  if (first && 'addresses' in first) {
    return { addresses: first.addresses, source: 'system' };
  }
  const answer = await fromResolver;
  const system = await Promise.race([fromSystem, clock.sleep(graceMs, signal).then(() => null)]);
  if (system && 'addresses' in system) {
    return { addresses: system.addresses, source: 'system' };
  }
  if ('addresses' in answer) {
    const code = system === null ? 'slow' : ((system.error as { code?: string }).code ?? 'unknown');
    return { addresses: answer.addresses, source: 'resolver', systemError: code };
  }
  throw answer.error;
}
