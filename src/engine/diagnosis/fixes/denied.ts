import type { Fix } from '../../../protocol/fix';
import type { Evidence } from '../../core/evidence';
import type { FixContext } from './fix-facts';
import { callerName, type Denied, deniedFacts, owningAccount, SECOND_DENIAL } from './denied-facts';
import { addToEndpoint, endpointPolicy, guardOf } from './endpoint-policy';
import { addToRole, command, denyOnRole, missing, optionsOf, simulate } from './identity';
import { keyPolicy } from './key';
import { boundary, session } from './restricting-policies';
import { endpointName } from './network-parts';
import { organization } from './organization';
import { addToResource, holderOf, resourcePolicy } from './resource-policy';

/** AccessDenied: the policy type that AWS names decides who and what. */
export function deniedFix(evidence: Evidence, facts: FixContext): Fix {
  const denied = deniedFacts(evidence, facts);
  if (denied.action.startsWith('kms:')) {
    return keyPolicy(denied.facts, denied.action);
  }
  if (denied.via === 'scp' || denied.via === 'rcp') {
    return organization(denied, denied.via, true);
  }
  switch (denied.type) {
    case 'identity':
      return denied.explicit ? denyOnRole(denied) : addToRole(denied);
    case 'vpc_endpoint':
      return endpointPolicy(denied);
    case 'resource':
      return resourcePolicy(denied);
    case 'scp':
    case 'rcp':
      return organization(denied, denied.type);
    case 'boundary':
      return boundary(denied);
    case 'session':
      return session(denied);
    case 'unknown':
      return unnamed(denied);
  }
}

/** AWS does not say which policy: the places in the order in which they usually are, never a guess. */
function unnamed(denied: Denied): Fix {
  const { action, facts, who } = denied;
  const endpoint = endpointName(guardOf(action));
  const holder = holderOf(action);
  const resource =
    action === 'sts:GetServiceBearerToken'
      ? ''
      : ` 3. the policy of the ${holder} in ${owningAccount(facts)};`;
  const last = resource === '' ? 3 : 4;
  return {
    who: 'identity administrator',
    text: `AWS does not say which policy refuses ${action}. Look in this order: 1. the policies of the ${callerName(who)}; 2. the policy of the ${endpoint} endpoint;${resource} ${last}. permissions boundary, session policy and the organization's policies. The first two places without ${action}, or with a Deny on it, are the usual ones. ${SECOND_DENIAL}`,
    snippets: [
      simulate(denied),
      ...missing(denied),
      command(denied),
      addToEndpoint(facts, guardOf(action), optionsOf(action)),
      ...(resource === '' ? [] : [addToResource(facts, holder, optionsOf(action))])
    ]
  };
}
