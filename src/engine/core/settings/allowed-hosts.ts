import { type Outcome, done } from '../failure';
import { failed } from '../failure';
import { refused, shown } from './invalid-settings';
import { trans } from '../say';

/** What is allowed beside CodeArtifact's own names. */
export interface EndpointRules {
  /** The Region in use, when known: an endpoint of another Region would refuse our signature. */
  readonly region?: string;
  /**
   * The server administrator's list: `host` (https, port 443), `host:port` (https), `*.domain`, or
   * an origin such as `http://host:8080` for another scheme.
   */
  readonly allowedEndpointHosts?: readonly string[];
  /** Hosts that the environment's endpoint variable names: any port, http too. */
  readonly trustedHosts?: readonly string[];
}

/** The setting's name, or words for an endpoint that AWS answered with. */
type Named = string;

/**
 * CodeArtifact's names and nothing else under AWS's suffixes: API Gateway, Lambda and EC2 hosts lie under
 * the same suffixes (`execute-api.REGION.amazonaws.com`, `lambda-url.REGION.on.aws`) and anybody can
 * own one. Sources: the service's endpoint rules; the guide's "Use CodeArtifact from a VPC".
 */
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const OWN_NAMES: readonly RegExp[] = [
  new RegExp(`^codeartifact(?:-fips)?\\.(?<region>${LABEL})\\.(?:amazonaws\\.com|api\\.aws)$`),
  new RegExp(`^${LABEL}\\.d\\.codeartifact\\.(?<region>${LABEL})\\.amazonaws\\.com$`),
  new RegExp(`^${LABEL}\\.codeartifact\\.(?<region>${LABEL})\\.on\\.aws$`),
  new RegExp(`^vpce-${LABEL}\\.(?:api|d)\\.codeartifact\\.(?<region>${LABEL})\\.vpce\\.amazonaws\\.com$`)
];

/** The Region that one of CodeArtifact's own host names carries; undefined for any other host. */
export function regionOfHost(host: string): string | undefined {
  for (const name of OWN_NAMES) {
    const match = name.exec(host);
    if (match) {
      return match.groups!.region;
    }
  }
  return undefined;
}

/**
 * May the token, or a signed request, go to this endpoint? Everything is decided on the parsed URL,
 * never on the text, so that user info, ports, dots and look-alike letters cannot pass for a host.
 */
export function checkEndpoint(url: string, rules: EndpointRules, named: Named = 'endpoint'): Outcome<void> {
  const example = 'https://vpce-….api.codeartifact.REGION.vpce.amazonaws.com';
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return refused(trans.__('%1 must be an address such as %2: %3 is none.', named, example, shown(url)), {
      setting: named
    });
  }
  const evidence = { setting: named, host: parsed.host.slice(0, 260) };
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') {
    return refused(trans.__('%1 must begin with https://, as in %2.', named, example), evidence);
  }
  if (parsed.username || parsed.password) {
    return refused(
      trans.__(
        '%1 must not carry a user name or password; the token is added automatically, as in %2.',
        named,
        example
      ),
      evidence
    );
  }
  if (parsed.search || parsed.hash || /[\s\\]/.test(url.trim())) {
    return refused(
      trans.__(
        '%1 must be a plain address without "?", "#", spaces or backslashes, as in %2.',
        named,
        example
      ),
      evidence
    );
  }
  if (isTrusted(parsed, rules.trustedHosts ?? []) || isAllowed(parsed, rules.allowedEndpointHosts ?? [])) {
    return done(undefined);
  }
  if (parsed.protocol !== 'https:') {
    return refused(
      trans.__(
        '%1 must begin with https://, so that nobody can read the token on its way, as in %2.',
        named,
        example
      ),
      evidence
    );
  }
  const region = parsed.port ? undefined : regionOfHost(parsed.hostname);
  if (region === undefined) {
    return failed('endpoint_not_allowed', {
      message: trans.__(
        "%1 must be one of CodeArtifact's own hosts, as in %2: %3 is not, and the server's administrator has not allowed it (allowed_endpoint_hosts).",
        named,
        example,
        shown(parsed.host)
      ),
      ...evidence
    });
  }
  if (rules.region && region !== rules.region) {
    return refused(
      trans.__(
        '%1 is in the Region %2, but the Region in use is %3: set region to %2 or take the endpoint of %3.',
        named,
        region,
        rules.region
      ),
      {
        ...evidence,
        region
      }
    );
  }
  return done(undefined);
}

function isTrusted(url: URL, hosts: readonly string[]): boolean {
  return hosts.some(host => host !== '' && host === url.hostname);
}

function isAllowed(url: URL, entries: readonly string[]): boolean {
  return entries.some(entry => {
    const text = entry.trim().toLowerCase();
    const wild = /^(https?:\/\/)?\*\.(.+)$/.exec(text);
    let allowed: URL;
    try {
      allowed = new URL(
        `${wild ? (wild[1] ?? 'https://') + wild[2] : text.includes('://') ? text : `https://${text}`}`
      );
    } catch {
      return false;
    }
    if (allowed.protocol !== url.protocol || allowed.port !== url.port || allowed.hostname === '') {
      return false;
    }
    return wild ? url.hostname.endsWith(`.${allowed.hostname}`) : url.hostname === allowed.hostname;
  });
}
