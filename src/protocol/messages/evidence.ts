/**
 * The facts behind a verdict: one declaration per fact gives its name in the JSON, its type, and how it is read back
 * from a document that another version, or a stranger, may have made. Every reader is bounded and never throws.
 */

type Read<T> = (value: unknown) => T | undefined;

/** Longer than any name, path or quote of ours; the rest of a longer text is not shown. */
const LONGEST = 2000;

/** More addresses, sources or problems than this nobody reads. */
const MOST = 32;

const text: Read<string> = value =>
  typeof value === 'string' && value !== '' ? value.slice(0, LONGEST) : undefined;

const number: Read<number> = value =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

const flag: Read<boolean> = value => (typeof value === 'boolean' ? value : undefined);

const oneOf =
  <T extends string>(...values: readonly T[]): Read<T> =>
  value =>
    values.find(known => known === value);

const listOf =
  <T>(read: Read<T>): Read<readonly T[]> =>
  value =>
    Array.isArray(value)
      ? value.slice(0, MOST).flatMap((item: unknown) => {
          const known = read(item);
          return known === undefined ? [] : [known];
        })
      : undefined;

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

export type AddressClass = 'private' | 'public' | 'loopback';

export type PolicyType =
  'identity' | 'vpc_endpoint' | 'resource' | 'scp' | 'rcp' | 'boundary' | 'session' | 'unknown';

/** One address of an endpoint and what became of it: `error`, Node's code, is absent where it answered. */
export interface ProbedAddress {
  readonly address: string;
  /** Milliseconds until the answer, or until we gave up. */
  readonly ms?: number;
  readonly error?: string;
}

/** The JSON has plain addresses in `addresses` and the probed ones in `results`. */
const address: Read<ProbedAddress> = value => {
  if (typeof value === 'string') {
    return value === '' ? undefined : { address: value.slice(0, LONGEST) };
  }
  const { address: named, ms, error } = record(value);
  const known = text(named);
  return known === undefined
    ? undefined
    : {
        address: known,
        ...(number(ms) === undefined ? {} : { ms: number(ms) }),
        ...(text(error) === undefined ? {} : { error: text(error) })
      };
};

/** A source of credentials that gave none, and why. */
export interface Tried {
  readonly source: string;
  readonly reason: string;
}

const tried: Read<Tried> = value => {
  const { source, reason } = record(value);
  const [a, b] = [text(source), text(reason)];
  return a === undefined || b === undefined ? undefined : { source: a, reason: b };
};

export interface SettingProblem {
  readonly setting: string;
  readonly message: string;
}

const problem: Read<SettingProblem> = value => {
  const { setting, message } = record(value);
  const [a, b] = [text(setting), text(message)];
  return a === undefined || b === undefined ? undefined : { setting: a, message: b };
};

const policyType = oneOf<PolicyType>(
  'identity',
  'vpc_endpoint',
  'resource',
  'scp',
  'rcp',
  'boundary',
  'session',
  'unknown'
);

export const FIELDS = {
  // Where
  host: text,
  port: number,
  url: text,
  addressClass: oneOf<AddressClass>('private', 'public', 'loopback'),
  addresses: listOf(address),
  results: listOf(address),
  deadAddresses: listOf(text),
  resolver: listOf(text),
  through: text,
  for: text,
  proxy: text,
  proxyVariable: text,
  pipProxy: text,
  pipProxyVariable: text,
  noProxy: text,
  /** The cause that the way to a proxy failed by. */
  proxyProblem: text,
  /** Milliseconds. */
  waitedMs: number,
  /** Node's or the operating system's own name of the error. */
  code: text,
  // TLS
  issuer: text,
  subject: text,
  validFrom: text,
  validTo: text,
  certificateNames: text,
  caBundle: text,
  pipCaBundle: text,
  pipCaBundleVariable: text,
  // What was answered
  operation: text,
  status: number,
  server: text,
  requestId: text,
  error: text,
  message: text,
  reason: text,
  serverTime: text,
  retryAfterSeconds: number,
  /** Positive: this machine's clock is ahead. */
  skewSeconds: number,
  // A denial
  policyType,
  explicit: flag,
  action: text,
  principal: text,
  resource: text,
  policyArn: text,
  via: policyType,
  resourceType: text,
  resourceId: text,
  repository: text,
  upstreams: listOf(text),
  /** What the role may not look at. */
  notChecked: text,
  // Credentials
  source: text,
  tried: listOf(tried),
  role: text,
  profile: text,
  kind: text,
  namedBy: text,
  profiles: listOf(text),
  signIn: text,
  /** AWS's name of the service that was asked for credentials. */
  service: text,
  /** What a profile names and what is not there, or names twice. */
  named: text,
  /** Whose credentials signed the request for a role. */
  signedBy: text,
  account: text,
  /** ISO 8601. */
  expiresAt: text,
  httpStatus: number,
  /** Which rule of its source a credential breaks. */
  problem: text,
  // Files
  path: text,
  access: oneOf<'read' | 'write'>('read', 'write'),
  line: number,
  what: text,
  /** What keeps a package tool from installing, as a sentence: it names lines and variables. */
  trouble: text,
  fix: text,
  excerpt: text,
  reader: text,
  notPutBack: listOf(text),
  variable: text,
  // Settings
  setting: text,
  problems: listOf(problem),
  file: text,
  pinned: flag,
  region: text,
  regions: listOf(text),
  nearest: text
} as const satisfies Readonly<Record<string, Read<unknown>>>;

export type Field = keyof typeof FIELDS;

export type Fields = { readonly [K in Field]: NonNullable<ReturnType<(typeof FIELDS)[K]>> };

/** Any failure's evidence. */
export type Evidence = Partial<Fields>;

/** Facts that any failure may carry: they say where it was met, whatever it was. */
export type ContextField =
  | 'host'
  | 'port'
  | 'url'
  | 'operation'
  | 'status'
  | 'requestId'
  | 'server'
  | 'serverTime'
  | 'error'
  | 'source'
  | 'tried'
  | 'resolver'
  | 'caBundle'
  | 'skewSeconds'
  | 'service';

/** What a failure of one cause carries: all of `N`, and of `O` what is known. */
export type EvidenceFor<N extends Field, O extends Field> = Pick<Fields, N> &
  Partial<Pick<Fields, O | ContextField>>;

/** Evidence out of JSON: known facts of the right type, cut to size; everything else is left out. */
export function readEvidence(json: unknown): Evidence {
  const raw = record(json);
  const known: Partial<Record<Field, unknown>> = {};
  for (const name of Object.keys(FIELDS) as Field[]) {
    const value = Object.hasOwn(raw, name) ? FIELDS[name](raw[name]) : undefined;
    if (value !== undefined) {
      known[name] = value;
    }
  }
  return known as Evidence;
}

/** What became of each address: `results` where an endpoint was probed, else the bare addresses. */
export const probedAddresses = ({ addresses, results }: Evidence): readonly ProbedAddress[] =>
  results ?? addresses ?? [];
