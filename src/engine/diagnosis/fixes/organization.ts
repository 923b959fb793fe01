import type { Fix, Snippet } from '../../../protocol/fix';
import { type Denied, inAccount, SECOND_DENIAL } from './denied-facts';
import { missing } from './identity';
import { aws, bash, blanks, comment, guarded, variable } from './shell';

type Kind = 'scp' | 'rcp';

const WORDS: Readonly<Record<Kind, string>> = {
  scp: 'service control policy',
  rcp: 'resource control policy'
};
const FILTER: Readonly<Record<Kind, string>> = {
  scp: 'SERVICE_CONTROL_POLICY',
  rcp: 'RESOURCE_CONTROL_POLICY'
};

/** An organization's policy: only its management account, or a delegated administrator, can change it. */
export function organization(denied: Denied, kind: Kind, behindEndpoint = false): Fix {
  const { action, explicit, policyArn, who } = denied;
  const name = policyArn === '' ? `A ${WORDS[kind]} of the organization` : `The ${WORDS[kind]} ${policyArn}`;
  const through = behindEndpoint ? ', behind the VPC endpoint,' : '';
  // AWS's guide (2023) notes that the text may say "explicit deny" for an SCP that only allows nothing.
  const what = explicit
    ? `${name}${through} denies ${action}${kind === 'scp' ? ', or none allows it' : ''}. No policy${inAccount(who)} can change that: exempt this role in the denying statement.`
    : `${name}${through} does not allow ${action}. Add it to what the policy allows.`;
  return {
    who: 'organization administrator',
    text: `${what} ${SECOND_DENIAL}`,
    snippets: [find(denied, kind), ...(explicit ? [] : missing(denied))]
  };
}

function find(denied: Denied, kind: Kind): Snippet {
  const id = /\/(p-[0-9a-z]{8,128})$/.exec(denied.policyArn)?.[1];
  if (id !== undefined) {
    return bash('The policy that AWS names', [
      aws('organizations describe-policy', { 'policy-id': id, query: 'Policy.Content', output: 'text' })
    ]);
  }
  const account =
    kind === 'rcp' ? denied.facts.domainOwner : denied.who.account || denied.facts.accountId || '';
  return bash('Policies on the account', [
    guarded([
      ...(account === ''
        ? blanks([{ name: 'ACCOUNT_ID', value: 'REPLACE', what: "the notebook role's account" }])
        : []),
      comment('Attached to the account itself; the same for each of its parents'),
      aws('organizations list-policies-for-target', {
        'target-id': account === '' ? variable('ACCOUNT_ID') : account,
        filter: FILTER[kind],
        query: 'Policies[].[Name,Id]',
        output: 'text'
      }),
      aws('organizations list-parents', { 'child-id': account === '' ? variable('ACCOUNT_ID') : account })
    ])
  ]);
}
