import type { Fix } from '../../../protocol/fix';
import type { Evidence } from '../../core/evidence';
import type { FixContext } from './fix-facts';
import { callerName, type Denied, deniedFacts, owningAccount, SECOND_DENIAL } from './denied-facts';
import { addToEndpoint, endpointPolicy, guardOf } from './endpoint-policy';
import { addToRole, command, denyOnRole, missing, optionsOf, simulate } from './identity';
import { keyPolicy } from './key';
import { restricted } from './restricting-policies';
import { endpointName } from './network-parts';
import { addToResource, holderOf, resourcePolicy } from './resource-policy';
import { together, trans } from '../../core/say';

/** AccessDenied: the policy type that AWS names decides who and what. */
export function deniedFix(evidence: Evidence, facts: FixContext): Fix {
  const denied = deniedFacts(evidence, facts);
  if (denied.action.startsWith('kms:')) {
    return keyPolicy(denied.facts, denied.action);
  }
  return restricted(denied) ?? byPolicy(denied);
}

function byPolicy(denied: Denied): Fix {
  switch (denied.type) {
    case 'identity':
      return denied.explicit ? denyOnRole(denied) : addToRole(denied);
    case 'vpc_endpoint':
      return endpointPolicy(denied);
    case 'resource':
      return resourcePolicy(denied);
    default:
      return unnamed(denied);
  }
}

/** AWS does not say which policy: the places in the order in which they usually are, never a guess. */
function unnamed(denied: Denied): Fix {
  const { action, facts, who } = denied;
  const endpoint = endpointName(guardOf(action));
  const holder = holderOf(action);
  const isServiceToken = action === 'sts:GetServiceBearerToken';
  return {
    who: 'identity administrator',
    text: together(
      isServiceToken
        ? trans.__(
            "AWS does not say which policy refuses %1. Look in this order: 1. the policies of the %2; 2. the policy of the %3 endpoint; 3. permissions boundary, session policy and the organization's policies.",
            action,
            callerName(who),
            endpoint
          )
        : trans.__(
            "AWS does not say which policy refuses %1. Look in this order: 1. the policies of the %2; 2. the policy of the %3 endpoint; 3. the policy of the %4 in %5; 4. permissions boundary, session policy and the organization's policies.",
            action,
            callerName(who),
            endpoint,
            holder,
            owningAccount(facts)
          ),
      trans.__('The first two places without %1, or with a Deny on it, are the usual ones.', action),
      SECOND_DENIAL
    ),
    snippets: [
      simulate(denied),
      ...missing(denied),
      command(denied),
      addToEndpoint(facts, guardOf(action), optionsOf(action)),
      ...(isServiceToken ? [] : [addToResource(facts, holder, optionsOf(action))])
    ]
  };
}
