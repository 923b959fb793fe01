/** What we read of a thrown value, whoever threw it: Node, the AWS SDK, a parser. Nothing is trusted. */
export interface ErrorShape {
  readonly name: string;
  readonly message: string;
  readonly code: string;
  readonly syscall: string;
  /** HTTP status of the answer, when there was one. */
  readonly status?: number;
  readonly requestId?: string;
  readonly contentType: string;
  readonly server: string;
  /** The answer's Date header in milliseconds since the epoch, when it has a readable one. */
  readonly dateMs?: number;
  /** The answer's Retry-After in seconds, when it has a readable one. */
  readonly retryAfterSeconds?: number;
  readonly fields: Readonly<Record<string, unknown>>;
  /** An AggregateError's own errors. */
  readonly errors: readonly unknown[];
}

type Bag = Readonly<Record<string, unknown>>;

const bag = (value: unknown): Bag => (typeof value === 'object' && value !== null ? (value as Bag) : {});

/** AWS's longest, a refusal that names principal, resource and policy, stays below 3,000 characters. */
const LONGEST_TEXT = 8192;

/** A text of a stranger's, within a length. */
export const text = (value: unknown): string =>
  typeof value === 'string' ? value.slice(0, LONGEST_TEXT) : '';

const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

function header(headers: Bag, name: string): string {
  const key = Object.keys(headers).find(k => k.toLowerCase() === name);
  return key === undefined ? '' : text(headers[key]);
}

/** Longest wait we believe, in seconds: one hour; a larger value is a mistake or malice. */
const LONGEST_WAIT_S = 3600;

function seconds(value: unknown): number | undefined {
  const parsed = typeof value === 'string' && /^\d{1,9}$/.test(value.trim()) ? Number(value) : number(value);
  return parsed === undefined || parsed < 0 ? undefined : Math.min(parsed, LONGEST_WAIT_S);
}

/** The other form of Retry-After is a time (RFC 9110, 10.2.3), by the clock of who answers. */
function secondsUntil(time: string, answeredMs: number): number | undefined {
  const left = Math.ceil((Date.parse(time) - answeredMs) / 1000);
  return /[A-Za-z]/.test(time) && left >= 0 ? Math.min(left, LONGEST_WAIT_S) : undefined;
}

/** Reads any thrown value. Never throws, not even for a hostile getter. */
export function errorShape(error: unknown): ErrorShape {
  try {
    return read(error);
  } catch {
    return blank('');
  }
}

const blank = (message: string): ErrorShape => ({
  name: '',
  message,
  code: '',
  syscall: '',
  contentType: '',
  server: '',
  fields: {},
  errors: []
});

function read(error: unknown): ErrorShape {
  if (typeof error !== 'object' || error === null) {
    return blank(text(error));
  }
  const fields = bag(error);
  const metadata = bag(fields.$metadata);
  const response = bag(fields.$response);
  const headers = bag(response.headers);
  const dateMs = Date.parse(header(headers, 'date'));
  const status = number(metadata.httpStatusCode) ?? number(response.statusCode);
  const requestId = text(metadata.requestId);
  const after = header(headers, 'retry-after');
  const wait = seconds(fields.retryAfterSeconds) ?? seconds(after) ?? secondsUntil(after, dateMs);
  return {
    name: text(fields.name),
    message: text(fields.message),
    // smithy wraps the socket's error in places; its code is the one that tells.
    code: text(fields.code) || text(bag(fields.cause).code),
    syscall: text(fields.syscall) || text(bag(fields.cause).syscall),
    ...(status === undefined ? {} : { status }),
    ...(requestId === '' ? {} : { requestId }),
    contentType: header(headers, 'content-type').toLowerCase(),
    server: header(headers, 'server'),
    ...(Number.isNaN(dateMs) ? {} : { dateMs }),
    ...(wait === undefined ? {} : { retryAfterSeconds: wait }),
    fields,
    errors: Array.isArray(fields.errors) ? (fields.errors as unknown[]) : []
  };
}
