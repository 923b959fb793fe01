// IMDSv2: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-v2-how-it-works.html
import { randomBytes } from 'node:crypto';
import { jsonAnswer, type Answer } from '../http/answer';
import { header, type Call } from '../http/call';
import { many } from '../policies/document';
import { sessionMs, type Keys } from '../world/keys';
import { roleOf } from '../world/acting-as';
import type { State } from '../world/state';

/** SageMaker notebook instances show this profile, whatever role the notebook has. */
const profile = 'BaseNotebookInstanceEc2InstanceRole';
/** The instance lives in an account of SageMaker's, not in the customer's. */
const instanceAccount = '444455556666';

const text = (status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': 'text/plain' },
  body
});

export type InstanceMetadata = (state: State, call: Call) => Answer | 'never';

export function createInstanceMetadata(): InstanceMetadata {
  const sessions = new Set<string>();
  const roles = new Map<string, Keys>();
  /** SageMaker assumes the role once and hands the session out; that a role is gone is seen at the next call only. */
  const keysOf = (state: State): Keys | undefined => {
    const { world } = state;
    if (world.inNotebook === null) return state.keys;
    const { role } = world.notebookInstances[world.inNotebook];
    const held = roles.get(role);
    const services = many(roleOf(world, role)?.trust.Statement).flatMap(each =>
      each.Effect === 'Allow' && each.Principal !== '*' ? many(each.Principal?.Service) : []
    );
    if (held !== undefined || !services.includes('sagemaker.amazonaws.com')) return held;
    const made = state.sessions.open(role, 'SageMaker', state.clock(), sessionMs);
    roles.set(role, made);
    return made;
  };
  return (state, call) => {
    const mode = state.world.metadata.instance;
    if (mode === 'silent') return 'never';
    // HttpEndpoint "disabled" answers so.
    if (mode === 'unauthorized') return text(403, 'Forbidden');
    if (call.method === 'PUT' && call.path === '/latest/api/token') {
      const seconds = header(call, 'x-aws-ec2-metadata-token-ttl-seconds') ?? '';
      if (!/^\d{1,5}$/.test(seconds) || Number(seconds) > 21_600 || Number(seconds) < 1)
        return text(400, 'Bad Request');
      const session = randomBytes(24).toString('base64url') + '==';
      sessions.add(session);
      const answer = text(200, session);
      answer.headers['x-aws-ec2-metadata-token-ttl-seconds'] = seconds;
      return answer;
    }
    if (!sessions.has(header(call, 'x-aws-ec2-metadata-token') ?? '')) return text(401, 'Unauthorized');
    switch (call.path.replace(/\/$/, '')) {
      case '/latest/meta-data/iam/security-credentials':
        return mode === 'no_role' ? text(404, 'Not Found') : text(200, profile);
      case `/latest/meta-data/iam/security-credentials/${profile}`: {
        const keys = keysOf(state);
        return mode === 'no_role' || keys === undefined ? text(404, 'Not Found') : credentials(state, keys);
      }
      case '/latest/meta-data/placement/region':
        return text(200, state.world.region);
      case '/latest/dynamic/instance-identity/document':
        return jsonAnswer(200, {
          region: state.world.region,
          accountId: instanceAccount,
          instanceId: 'i-0a1b2c3d4e5f60718'
        });
      default:
        return text(404, 'Not Found');
    }
  };
}

function credentials(state: State, keys: Keys): Answer {
  return jsonAnswer(200, {
    Code: 'Success',
    LastUpdated: new Date(state.clock()).toISOString().replace(/\.\d+/, ''),
    Type: 'AWS-HMAC',
    AccessKeyId: keys.accessKeyId,
    SecretAccessKey: keys.secretAccessKey,
    Token: keys.sessionToken,
    Expiration: new Date(keys.expiresAt).toISOString().replace(/\.\d+/, '')
  });
}
