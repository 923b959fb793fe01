import type { Fix } from '../../../protocol/fix';
import { type Evidence, fact } from '../../core/evidence';
import type { FixContext } from './fix-facts';
import { regionList } from '../../core/settings/regions';
import { bash, word } from './shell';
import { trans } from '../../core/say';

export function invalidSettings(evidence: Evidence): Fix {
  const file = fact(evidence, 'file');
  const pinned = evidence.pinned === true || file !== '';
  const profile = /^endpoint_url of profile (.+)$/.exec(fact(evidence, 'setting'))?.[1];
  if (profile !== undefined) {
    return {
      who: 'you',
      text: trans.__(
        "Correct endpoint_url of the profile %1 in the AWS configuration file, or take it out: the Region's own address is used then.",
        profile
      ),
      snippets: [
        bash(trans.__('Where it stands'), [`grep -n 'endpoint_url' "\${AWS_CONFIG_FILE:-$HOME/.aws/config}"`])
      ]
    };
  }
  return pinned
    ? {
        who: 'platform team',
        text:
          file === ''
            ? trans.__(
                'The value is fixed by an administrator. Leave your own value out, or ask for a change of the file.'
              )
            : trans.__(
                'The value is fixed by an administrator in %1. Leave your own value out, or ask for a change of the file.',
                file
              ),
        snippets: []
      }
    : {
        who: 'you',
        text: trans.__(
          "Correct the value in the settings. The repository's connection instructions in the AWS console have the right ones."
        ),
        snippets: []
      };
}

export const pinsUnreadable = (): Fix => ({
  who: 'platform team',
  text: trans.__('Correct the file; what is wrong with it is told by this command, too.'),
  snippets: [
    bash(trans.__('Every setting, and the file that it is from'), ['jupyter codeartifact settings --explain'])
  ]
});

export const regionWithout = (facts: FixContext): Fix => ({
  who: 'you',
  text: trans.__(
    "There is no CodeArtifact in %1. Set the Region in which the domain is, which need not be the notebook's own. CodeArtifact is in %2.",
    facts.region || trans.__('this Region'),
    regionList()
  ),
  snippets: [
    bash(trans.__('With the right Region'), [
      `jupyter codeartifact connect --region REGION${facts.domain === '' ? '' : ` --domain ${word(facts.domain)}`}`
    ])
  ]
});

export function endpointNotAllowed(evidence: Evidence): Fix {
  const host = fact(evidence, 'host');
  return {
    who: 'platform team',
    text:
      host === ''
        ? trans.__(
            "The token is sent to AWS's hosts only, over https. If this host is meant, the administrator of the Jupyter server can put it into allowed_endpoint_hosts."
          )
        : trans.__(
            "The token is sent to AWS's hosts only, over https. If %1 is meant, the administrator of the Jupyter server can put it into allowed_endpoint_hosts.",
            host
          ),
    snippets: []
  };
}
