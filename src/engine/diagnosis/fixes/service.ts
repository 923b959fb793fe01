import type { Fix } from '../../../protocol/fix';
import { type Evidence, fact } from '../../core/evidence';
import type { FixContext } from './fix-facts';
import { aws, bash, comment } from './shell';

const quotas = (facts: FixContext) =>
  bash('The quotas and their codes', [
    comment('GetAuthorizationToken: 40 calls a second for each account and Region, adjustable'),
    aws('service-quotas list-service-quotas', {
      region: facts.region,
      'service-code': 'codeartifact',
      query: 'Quotas[].[QuotaName,QuotaCode,Value,Adjustable]',
      output: 'text'
    })
  ]);

export function throttled(evidence: Evidence, facts: FixContext): Fix {
  const wait = fact(evidence, 'retryAfterSeconds');
  const service = fact(evidence, 'service');
  if (service !== '') {
    return {
      who: 'AWS',
      text: `Nothing to do now: ${service} accepts fewer requests at once, and it is tried again${wait === '' ? '' : ` in ${wait} s`}.`,
      snippets: []
    };
  }
  return {
    who: 'platform team',
    text: `Nothing to do now: many notebooks are connecting at once, and it is tried again${wait === '' ? '' : ` in ${wait} s`}. If it happens every day, set fleetSize to the number of notebooks, so that they take turns, or ask for a higher quota.`,
    snippets: [quotas(facts)]
  };
}

/** AWS's own fault: no change of ours helps, so none is proposed. */
export const awsFault = (evidence: Evidence): Fix => ({
  who: 'AWS',
  text: `Nothing to change here. It is tried again; the AWS Health Dashboard tells whether ${fact(evidence, 'service') || 'CodeArtifact'} has a disturbance in this Region.`,
  snippets: []
});

export const quotaExceeded = (facts: FixContext): Fix => ({
  who: 'platform team',
  text: 'Ask for a higher quota, or delete what is no longer needed.',
  snippets: [quotas(facts)]
});

/** AWS read the request and found it wrong. */
export const rejected = (evidence: Evidence, facts: FixContext): Fix => ({
  who: 'you',
  text:
    fact(evidence, 'service') !== ''
      ? `Correct what ~/.aws/config says of the sign-in: start URL, Region, account and role. What ${fact(evidence, 'service')} answered stands above.`
      : `Compare the settings with the repository's connection instructions: domain ${facts.domain}, owner ${facts.domainOwner || 'not set'}, repository ${facts.repository}, Region ${facts.region}, token duration. The sentence above is AWS's own.`,
  snippets: []
});

/** Not AWS's form: an endpoint setting that names something else, or a proxy that changes answers. */
export const garbage = (evidence: Evidence, facts: FixContext): Fix => ({
  who: 'platform team',
  text:
    fact(evidence, 'service') === ''
      ? `What answers at ${facts.apiHost} is not CodeArtifact's API. Look at the endpoint settings and at AWS_ENDPOINT_URL_CODEARTIFACT; then at proxies on the way.`
      : `What answers at ${fact(evidence, 'host')} is not ${fact(evidence, 'service')}. Look at endpoint_url in ~/.aws/config and at the variables AWS_ENDPOINT_URL; then at proxies on the way.`,
  snippets: [
    bash('Variables that lead elsewhere', [
      "env | grep -E '^AWS_ENDPOINT_URL|^(HTTPS?|https?|NO|no)_(PROXY|proxy)=' | sed -E 's#//[^@/]*@#//***@#'"
    ])
  ]
});
