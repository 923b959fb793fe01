import type { Fix } from '../../../protocol/fix';
import { type Evidence, fact } from '../../core/evidence';
import type { FixContext } from './fix-facts';
import { regionList } from '../../core/settings/regions';
import { bash, word } from './shell';

export function invalidSettings(evidence: Evidence): Fix {
  const file = fact(evidence, 'file');
  const pinned = evidence.pinned === true || file !== '';
  return pinned
    ? {
        who: 'platform team',
        text: `The value is fixed by an administrator${file === '' ? '' : ` in ${file}`}. Leave your own value out, or ask for a change of the file.`,
        snippets: []
      }
    : {
        who: 'you',
        text: "Correct the value in the settings. The repository's connection instructions in the AWS console have the right ones.",
        snippets: []
      };
}

export const regionWithout = (facts: FixContext): Fix => ({
  who: 'you',
  text: `There is no CodeArtifact in ${facts.region || 'this Region'}. Set the Region in which the domain is, which need not be the notebook's own. CodeArtifact is in ${regionList()}.`,
  snippets: [
    bash('With the right Region', [
      `jupyter codeartifact connect --region REGION${facts.domain === '' ? '' : ` --domain ${word(facts.domain)}`}`
    ])
  ]
});

export function endpointNotAllowed(evidence: Evidence): Fix {
  const host = fact(evidence, 'host');
  return {
    who: 'platform team',
    text: `The token is sent to AWS's hosts only, over https. If ${host === '' ? 'this host' : host} is meant, the administrator of the Jupyter server can put it into allowed_endpoint_hosts.`,
    snippets: []
  };
}
