import type { AddressClass, PolicyType, Rung } from '../../protocol/rung';

/** One address of an endpoint, as probed on its own. */
export interface Address {
  readonly address: string;
  readonly verdict?: string;
  readonly ms?: number;
}

/** A rung's evidence, read with care: it crosses a border as plain JSON. */
export interface Evidence {
  readonly host: string;
  readonly port: number;
  readonly addressClass: AddressClass | null;
  readonly addresses: readonly Address[];
  readonly attempts: number;
  /** Milliseconds after which a cap ended the wait; 0 when none did. */
  readonly waitedMs: number;
  readonly policyType: PolicyType | null;
  readonly action: string;
  /** The principal as AWS names it. */
  readonly principal: string;
  /** Its last part: the role's own name. */
  readonly role: string;
  readonly resource: string;
  readonly policyArn: string;
  readonly source: string;
  readonly profile: string;
  /** ISO 8601, when credentials ended. */
  readonly expiredAt: string;
  readonly issuer: string;
  readonly status: number;
  readonly requestId: string;
  readonly retryAfterSeconds: number;
  readonly skewSeconds: number;
  readonly path: string;
  readonly line: number;
  readonly setting: string;
}

const POLICY_TYPES = ['identity', 'vpc_endpoint', 'resource', 'scp', 'rcp', 'boundary', 'session', 'unknown'];

/** `arn:aws:sts::111122223333:assumed-role/NAME/session` and `arn:aws:iam::…:role/path/NAME` both name NAME. */
function roleName(principal: string): string {
  const resource = principal.split(':').slice(5).join(':');
  const parts = resource.split('/');
  return (parts[0] === 'assumed-role' ? parts[1] : parts[parts.length - 1]) ?? '';
}

function address(item: unknown): Address {
  if (typeof item !== 'object' || item === null) {
    return { address: String(item) };
  }
  const { address: value, ip, verdict, ms } = item as Record<string, unknown>;
  return {
    address: String(value ?? ip ?? ''),
    verdict: typeof verdict === 'string' ? verdict : undefined,
    ms: typeof ms === 'number' ? ms : undefined
  };
}

export function evidenceOf(rung: Rung | null): Evidence {
  const raw: Readonly<Record<string, unknown>> = rung?.evidence ?? {};
  const text = (...keys: string[]): string => {
    const found = keys.map(key => raw[key]).find(value => typeof value === 'string' && value !== '');
    return typeof found === 'string' ? found : '';
  };
  const figure = (...keys: string[]): number => {
    const found = keys.map(key => raw[key]).find(value => typeof value === 'number');
    return typeof found === 'number' ? found : 0;
  };
  const policy = text('policyType');
  const kind = text('addressClass');
  const principal = text('principal');
  return {
    host: text('host', 'hostname', 'name'),
    port: figure('port') || 443,
    addressClass: kind === 'private' || kind === 'public' || kind === 'loopback' ? kind : null,
    addresses: Array.isArray(raw.addresses) ? raw.addresses.map(address) : [],
    attempts: figure('attempts'),
    waitedMs: figure('waitedMs'),
    policyType: POLICY_TYPES.includes(policy) ? (policy as PolicyType) : null,
    action: text('action'),
    principal,
    role: roleName(principal) || text('role'),
    resource: text('resource'),
    policyArn: text('policyArn'),
    source: text('source'),
    profile: text('profile'),
    expiredAt: text('expiredAt', 'expiration', 'expiresAt'),
    issuer: text('issuer'),
    status: figure('status', 'httpStatus'),
    requestId: text('requestId'),
    retryAfterSeconds: figure('retryAfterSeconds'),
    skewSeconds: figure('skewSeconds'),
    path: text('path', 'file'),
    line: figure('line'),
    setting: text('setting', 'key')
  };
}
