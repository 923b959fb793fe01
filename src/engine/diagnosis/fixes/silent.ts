import type { Fix } from '../../../protocol/fix';
import type { FixContext } from './fix-facts';
import { endpointMissing } from './endpoint-missing';
import { hostOf } from './network-parts';
import { securityGroup } from './security-group';
import { bash, word } from './shell';
import { trans } from '../../core/say';

/** Silence at this notebook's own address, or at one of a class that nobody told us. */
export function silentElsewhere(facts: FixContext): Fix {
  if (facts.addressClass === 'loopback') {
    return {
      who: 'platform team',
      text: trans.__(
        '%1 is set to lead to this notebook itself, where nothing answers. Look at the hosts file, at the endpoint settings and at what should be listening.',
        hostOf(facts)
      ),
      snippets: [
        bash(trans.__('In the notebook'), [
          `getent ahosts ${word(hostOf(facts))}`,
          "env | grep '^AWS_ENDPOINT_URL'"
        ])
      ]
    };
  }
  const missing = endpointMissing(facts);
  return {
    who: 'network administrator',
    text: trans.__(
      'If the name leads to a public address, the endpoint is missing or its private DNS is off; if it leads to a private one, its security group does not let this notebook in.'
    ),
    snippets: [
      bash(trans.__('Private or public'), [`getent ahosts ${word(hostOf(facts))}`]),
      ...missing.snippets.slice(0, 2),
      ...securityGroup(facts).snippets.slice(0, 1)
    ]
  };
}
