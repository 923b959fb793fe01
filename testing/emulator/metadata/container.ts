// https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
import { jsonAnswer, type Answer } from '../http/answer';
import { header, type Call } from '../http/call';
import type { State } from '../world/state';

/** Path of AWS_CONTAINER_CREDENTIALS_FULL_URI. */
export const containerPath = '/role';

export function serveContainer(state: State, call: Call, authorization: string): Answer | 'never' {
  const mode = state.world.metadata.container;
  if (mode === 'silent') return 'never';
  if (mode === 'unauthorized' || header(call, 'authorization') !== authorization) {
    return jsonAnswer(401, { code: 'Unauthorized', message: 'the authorization token is not valid' });
  }
  if (mode === 'no_role' || call.path !== containerPath) {
    return jsonAnswer(404, { code: 'NoRole', message: 'no credentials for this container' });
  }
  const { keys, world } = state;
  return jsonAnswer(200, {
    AccessKeyId: keys.accessKeyId,
    SecretAccessKey: keys.secretAccessKey,
    Token: keys.sessionToken,
    Expiration: new Date(keys.expiresAt).toISOString().replace(/\.\d+/, ''),
    RoleArn: world.caller.roleArn
  });
}
