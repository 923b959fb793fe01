import type { Fix } from '../../../protocol/fix';
import { type Evidence, fact } from '../../core/evidence';
import type { FixContext } from './fix-facts';
import { aws, bash, comment } from './shell';
import { together, trans } from '../../core/say';

const quotas = (facts: FixContext) =>
  bash(trans.__('The quotas and their codes'), [
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
      text:
        wait === ''
          ? trans.__('Nothing to do now: %1 accepts fewer requests at once, and it is tried again.', service)
          : trans.__(
              'Nothing to do now: %1 accepts fewer requests at once, and it is tried again in %2 s.',
              service,
              wait
            ),
      snippets: []
    };
  }
  return {
    who: 'platform team',
    text: together(
      wait === ''
        ? trans.__('Nothing to do now: many notebooks are connecting at once, and it is tried again.')
        : trans.__(
            'Nothing to do now: many notebooks are connecting at once, and it is tried again in %1 s.',
            wait
          ),
      trans.__(
        'If it happens every day, set fleetSize to the number of notebooks, so that they take turns, or ask for a higher quota.'
      )
    ),
    snippets: [quotas(facts)]
  };
}

/** AWS's own fault: no change of ours helps, so none is proposed. */
export const awsFault = (evidence: Evidence): Fix => ({
  who: 'AWS',
  text: trans.__(
    'Nothing to change here. It is tried again; the AWS Health Dashboard tells whether %1 has a disturbance in this Region.',
    fact(evidence, 'service') || 'CodeArtifact'
  ),
  snippets: []
});

export const quotaExceeded = (facts: FixContext): Fix => ({
  who: 'platform team',
  text: trans.__('Ask for a higher quota, or delete what is no longer needed.'),
  snippets: [quotas(facts)]
});

/** AWS read the request and found it wrong. */
export const rejected = (evidence: Evidence, facts: FixContext): Fix => ({
  who: 'you',
  text:
    fact(evidence, 'service') !== ''
      ? trans.__(
          'Correct what ~/.aws/config says of the sign-in: start URL, Region, account and role. What %1 answered stands above.',
          fact(evidence, 'service')
        )
      : trans.__(
          "Compare the settings with the repository's connection instructions: domain %1, owner %2, repository %3, Region %4, token duration. The sentence above is AWS's own.",
          facts.domain,
          facts.domainOwner || trans.__('not set'),
          facts.repository,
          facts.region
        ),
  snippets: []
});

/** Not AWS's form: an endpoint setting that names something else, or a proxy that changes answers. */
export const garbage = (evidence: Evidence, facts: FixContext): Fix => ({
  who: 'platform team',
  text:
    fact(evidence, 'service') === ''
      ? trans.__(
          "What answers at %1 is not CodeArtifact's API. Look at the endpoint settings and at AWS_ENDPOINT_URL_CODEARTIFACT; then at proxies on the way.",
          facts.apiHost
        )
      : trans.__(
          'What answers at %1 is not %2. Look at endpoint_url in ~/.aws/config and at the variables AWS_ENDPOINT_URL; then at proxies on the way.',
          fact(evidence, 'host'),
          fact(evidence, 'service')
        ),
  snippets: [
    bash(trans.__('Variables that lead elsewhere'), [
      "env | grep -E '^AWS_ENDPOINT_URL|^(HTTPS?|https?|NO|no)_(PROXY|proxy)=' | sed -E 's#//[^@/]*@#//***@#'"
    ])
  ]
});
