import type { Fix, Snippet } from '../../../protocol/fix';
import { type Denied, SECOND_DENIAL } from './denied-facts';
import { missing } from './identity';
import { aws, bash, blanks, comment, guarded, variable } from './shell';
import { together, trans } from '../../core/say';

type Kind = 'scp' | 'rcp';

function nameOf(kind: Kind, policyArn: string): string {
  if (kind === 'scp') {
    return policyArn === ''
      ? trans.__('A service control policy of the organization')
      : trans.__('The service control policy %1', policyArn);
  }
  return policyArn === ''
    ? trans.__('A resource control policy of the organization')
    : trans.__('The resource control policy %1', policyArn);
}

const FILTER: Readonly<Record<Kind, string>> = {
  scp: 'SERVICE_CONTROL_POLICY',
  rcp: 'RESOURCE_CONTROL_POLICY'
};

/** An organization's policy: only its management account, or a delegated administrator, can change it. */
export function organization(denied: Denied, kind: Kind, behindEndpoint = false): Fix {
  const { action, explicit, policyArn, who } = denied;
  const name = nameOf(kind, policyArn);
  const where = behindEndpoint ? trans.__('%1, behind the VPC endpoint,', name) : name;
  // AWS's guide (2023) notes that the text may say "explicit deny" for an SCP that only allows nothing.
  const denies =
    kind === 'scp'
      ? trans.__('%1 denies %2, or none allows it.', where, action)
      : trans.__('%1 denies %2.', where, action);
  const what = explicit
    ? [
        denies,
        who.account === ''
          ? trans.__('No policy can change that: exempt this role in the denying statement.')
          : trans.__(
              'No policy in account %1 can change that: exempt this role in the denying statement.',
              who.account
            )
      ]
    : [trans.__('%1 does not allow %2.', where, action), trans.__('Add it to what the policy allows.')];
  return {
    who: 'organization administrator',
    text: together(...what, SECOND_DENIAL),
    snippets: [find(denied, kind), ...(explicit ? [] : missing(denied))]
  };
}

function find(denied: Denied, kind: Kind): Snippet {
  const id = /\/(p-[0-9a-z]{8,128})$/.exec(denied.policyArn)?.[1];
  if (id !== undefined) {
    return bash(trans.__('The policy that AWS names'), [
      aws('organizations describe-policy', { 'policy-id': id, query: 'Policy.Content', output: 'text' })
    ]);
  }
  const account =
    kind === 'rcp' ? denied.facts.domainOwner : denied.who.account || denied.facts.accountId || '';
  return bash(trans.__('Policies on the account'), [
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
