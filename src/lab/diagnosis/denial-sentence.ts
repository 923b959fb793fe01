import type { Rung } from '../../protocol/rung';
import type { Evidence } from './read-evidence';
import type { Trans } from '../ui/trans';

/** What was asked for, in words that go after "may not". */
function deed(trans: Trans, action: string, role: string): string {
  switch (action) {
    case 'codeartifact:GetAuthorizationToken':
    case 'sts:GetServiceBearerToken':
      return role
        ? trans.__('The network is fine. The role `%1` may not ask for a token.', role)
        : trans.__('The network is fine. This notebook’s role may not ask for a token.');
    case 'codeartifact:GetRepositoryEndpoint':
      return role
        ? trans.__('The network is fine. The role `%1` may not ask where the repository is.', role)
        : trans.__('The network is fine. This notebook’s role may not ask where the repository is.');
    case 'codeartifact:ReadFromRepository':
      return role
        ? trans.__(
            'The network and the token are fine. The role `%1` may not read from the repository.',
            role
          )
        : trans.__(
            'The network and the token are fine. This notebook’s role may not read from the repository.'
          );
    default:
      return action ? trans.__('The network is fine. `%1` is refused.', action) : '';
  }
}

/** Which policy refused, and what that says about all the others. Empty when only AWS's own words are known. */
export function denialSentence(trans: Trans, rung: Rung | null, evidence: Evidence): string {
  switch (evidence.policyType) {
    case 'identity':
      return deed(trans, evidence.action, evidence.role);
    case 'vpc_endpoint':
      return trans.__(
        'The network is fine and the role may ask. The policy on the VPC endpoint itself refuses.'
      );
    case 'resource':
      return rung?.id === 'token'
        ? trans.__('The network is fine. The policy of the domain refuses this notebook’s role.')
        : trans.__(
            'The network and the token are fine. The policy of the repository refuses this notebook’s role.'
          );
    case 'scp':
      return trans.__(
        'The network is fine. A service control policy of the organization refuses, whatever the role allows.'
      );
    case 'rcp':
      return trans.__(
        'The network is fine. A resource control policy of the organization refuses, whatever the role allows.'
      );
    case 'boundary':
      return trans.__(
        'The network is fine. The permissions boundary of the role refuses, whatever its policies allow.'
      );
    case 'session':
      return trans.__('The network is fine. The policy of this session refuses, whatever the role allows.');
    case 'unknown':
      return evidence.action
        ? trans.__('The network is fine. AWS refuses `%1` and does not say which policy.', evidence.action)
        : trans.__('The network is fine. AWS refuses and does not say which policy.');
    case null:
      return deed(trans, evidence.action, evidence.role);
  }
}
