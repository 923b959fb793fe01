// https://docs.aws.amazon.com/codeartifact/latest/APIReference/API_GetAuthorizationToken.html
import { domainArn } from '../world/arns';
import { serviceTime } from '../world/state';
import { keyUnusable, validation } from './api-error';
import { mustBeAllowed, type Operation } from './operation';
import { findDomain, mustExist, namedDomain } from './parameters';

const longest = 43_200;
const shortest = 900;

/** 0, or 900 to 43200; AWS's default is 12 hours. */
function duration(text: string | null): number {
  if (text === null) return longest;
  const seconds = /^-?\d+$/.test(text) ? Number(text) : NaN;
  const say = (rule: string): never => {
    throw validation(
      `1 validation error detected: Value '${text}' at 'durationSeconds' failed to satisfy constraint: ${rule}`
    );
  };
  if (Number.isNaN(seconds)) say('Member must be a whole number');
  if (seconds < 0) say('Member must have value greater than or equal to 0');
  if (seconds > longest) say(`Member must have value less than or equal to ${longest}`);
  if (seconds > 0 && seconds < shortest)
    say(`Member must have value 0, or greater than or equal to ${shortest}`);
  return seconds;
}

export const getAuthorizationToken: Operation = request => {
  const { state } = request;
  const { world } = state;
  const { domain, owner } = namedDomain(request);
  const seconds = duration(request.query.get('duration'));
  const found = findDomain(request, domain, owner);
  mustBeAllowed(request, {
    action: 'codeartifact:GetAuthorizationToken',
    resource: domainArn(world, owner, domain),
    owner: found === undefined ? world.caller.account : owner,
    policy: found?.policy
  });
  mustBeAllowed(request, {
    action: 'sts:GetServiceBearerToken',
    resource: '*',
    owner: world.caller.account,
    resourceCannotGrant: true,
    context: {
      'sts:AWSServiceName': 'codeartifact.amazonaws.com',
      'sts:DurationSeconds': String(seconds || longest)
    }
  });
  const { encryptionKey, keyState } = mustExist(request, domain, owner);
  if (keyState !== 'Enabled') throw keyUnusable(encryptionKey, keyState);
  const now = serviceTime(state);
  const offset = now - state.clock();
  const expiresAt = seconds === 0 ? state.keys.expiresAt + offset : now + seconds * 1000;
  const authorizationToken = state.tokens.mint({
    domain,
    domainOwner: owner,
    expiresAt,
    accessKeyId: state.keys.accessKeyId
  });
  return { authorizationToken, expiration: Math.round(expiresAt / 1000) };
};
