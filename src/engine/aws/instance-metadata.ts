import type { Runtime } from '../runtime/runtime';
import { describeRequestError, type MetadataAnswer, visitMetadata } from './metadata-request';
import {
  type CredentialResult,
  ended,
  keysOfDocument,
  nothing,
  reasonIn,
  unusable
} from './credential-source';
import { trans } from '../core/say';

/** Seconds that a session token of the service lives: we use each for one visit. */
const SESSION_SECONDS = '300';

const IPV4 = 'http://169.254.169.254';
const IPV6 = 'http://[fd00:ec2::254]';

const ROLE = trans.__('instance role');

type Visit = (path: string) => Promise<MetadataAnswer>;

/** The instance profile's role, by IMDSv2. (SageMaker notebooks show a role of AWS's own name there, with the notebook role's keys.) */
export async function instanceCredentials(runtime: Runtime, signal: AbortSignal): Promise<CredentialResult> {
  const answer = await visit(runtime, signal, async get => {
    const list = await get('/latest/meta-data/iam/security-credentials/');
    if (list.status !== 200 || list.body.trim() === '') {
      return list.status === 404 || list.status === 200
        ? nothing(ROLE, trans.__('the instance has no role'))
        : nothing(ROLE, trans.__('the instance metadata service answered with HTTP status %1', list.status));
    }
    const role = list.body.trim().split('\n')[0].trim();
    const document = await get(`/latest/meta-data/iam/security-credentials/${encodeURIComponent(role)}`);
    return found(runtime, role, document);
  });
  if (typeof answer === 'string') {
    return nothing(ROLE, answer);
  }
  const { value, attempts } = answer;
  return value.kind === 'found' ? { ...value, attempts } : value;
}

/** The Region the instance is in; undefined where there is no instance. */
export async function instanceRegion(
  runtime: Runtime,
  signal: AbortSignal
): Promise<{ region?: string; reason: string }> {
  const answer = await visit(runtime, signal, async get => {
    const { status, body } = await get('/latest/meta-data/placement/region');
    return status === 200 && body.trim()
      ? { region: body.trim(), reason: '' }
      : { reason: trans.__('it answered with HTTP status %1', status) };
  });
  return typeof answer === 'string' ? { reason: answer } : answer.value;
}

function found(
  runtime: Runtime,
  role: string,
  { status, body }: { status: number; body: string }
): CredentialResult {
  const document = status === 200 ? keysOfDocument(body) : undefined;
  if (!document) {
    return unusable(ROLE, 'instance_failed', { role, httpStatus: status, ...reasonIn(body) });
  }
  const { roleArn: _, ...keys } = document;
  if (keys.expiration && keys.expiration.getTime() <= runtime.clock.now()) {
    return ended(ROLE, { role, expiresAt: keys.expiration.toISOString() });
  }
  return { kind: 'found', source: ROLE, keys, role, again: signal => instanceCredentials(runtime, signal) };
}

/** Runs one visit, session token first; a text says why it failed. */
async function visit<T>(
  runtime: Runtime,
  signal: AbortSignal,
  work: (get: Visit) => Promise<T>
): Promise<{ readonly value: T; readonly attempts: number } | string> {
  const { env } = runtime;
  if (env.AWS_EC2_METADATA_DISABLED?.toLowerCase() === 'true') {
    return trans.__('AWS_EC2_METADATA_DISABLED is true');
  }
  const base =
    env.AWS_EC2_METADATA_SERVICE_ENDPOINT ||
    (env.AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE?.toLowerCase() === 'ipv6' ? IPV6 : IPV4);
  try {
    const { answer, attempts } = await visitMetadata(runtime, signal, async ask => {
      const session = await ask({
        url: new URL('/latest/api/token', base),
        method: 'PUT',
        headers: { 'x-aws-ec2-metadata-token-ttl-seconds': SESSION_SECONDS }
      });
      const headers = sessionHeaders(session, env.AWS_EC2_METADATA_V1_DISABLED);
      return typeof headers === 'string'
        ? headers
        : { value: await work(path => ask({ url: new URL(path, base), headers })) };
    });
    return typeof answer === 'string' ? answer : { ...answer, attempts };
  } catch (error) {
    signal.throwIfAborted();
    return trans.__('the instance metadata service was not reached: %1', describeRequestError(error));
  }
}

/** 403, 404 and 405 mean a service without sessions: botocore goes on as version 1 unless that is switched off. */
function sessionHeaders(
  session: { status: number; body: string },
  v1Disabled: string | undefined
): Record<string, string> | string {
  if (session.status === 200) {
    return { 'x-aws-ec2-metadata-token': session.body.trim() };
  }
  const old = [403, 404, 405].includes(session.status) && v1Disabled?.toLowerCase() !== 'true';
  return old
    ? {}
    : trans.__(
        'the instance metadata service answered with HTTP status %1 to the request for a session',
        session.status
      );
}
