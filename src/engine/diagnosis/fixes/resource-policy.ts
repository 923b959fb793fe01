import type { Fix, Snippet } from '../../../protocol/fix';
import type { FixContext } from './fix-facts';
import { policyFor, type PolicyOptions } from '../policies/policies';
import { addToRole, optionsOf } from './identity';
import { callerName, type Denied, owningAccount, SECOND_DENIAL } from './denied-facts';
import { appended, documentLines, here } from './merge';
import { aws, bash, comment, guarded, into, raw, type Value } from './shell';
import { json, yaml } from './snippet';
import { together, trans } from '../../core/say';

/** The two resource policies that CodeArtifact has. */
export type Holder = 'domain' | 'repository';

/** GetAuthorizationToken is judged on the domain, and so are its lists; reading on the repository. */
export const holderOf = (action: string): Holder =>
  /:(GetAuthorizationToken|DescribeDomain|ListRepositoriesInDomain)$/.test(action) ? 'domain' : 'repository';

/** Upstreams are seen by the domain's policy, which rules the repositories in it too: one statement for all of them. */
const isUpstream = ({ action, facts, resource }: Denied): boolean =>
  action === 'codeartifact:DescribeRepository' && !resource.endsWith(`/${facts.repository}`);

const endpoint = (facts: FixContext, holder: Holder): Readonly<Record<string, Value>> => ({
  region: facts.region,
  domain: facts.domain,
  'domain-owner': facts.domainOwner,
  ...(holder === 'repository' ? { repository: facts.repository } : {})
});

const named = (facts: FixContext, holder: Holder): string =>
  holder === 'domain' ? trans.__('domain %1', facts.domain) : trans.__('repository %1', facts.repository);

/** The policy of the domain or repository refuses. */
export function resourcePolicy(denied: Denied): Fix {
  const { action, facts, who } = denied;
  if (action.startsWith('sts:AssumeRole')) {
    return trust(denied);
  }
  if (action === 'sts:GetServiceBearerToken') {
    return addToRole(denied);
  }
  const holder = isUpstream(denied) ? 'domain' : holderOf(action);
  const owner = owningAccount(facts);
  if (denied.explicit) {
    // A domain's policy rules the repositories in it too.
    const holders: readonly Holder[] = holder === 'repository' ? ['repository', 'domain'] : ['domain'];
    return {
      who: 'identity administrator',
      text: together(
        holder === 'repository'
          ? trans.__(
              'In %1: a statement with "Effect": "Deny" in the policy of the repository %2 or of the domain %3 covers %4. A Deny beats every Allow, so adding permissions does not help: change or remove that statement.',
              owner,
              facts.repository,
              facts.domain,
              action
            )
          : trans.__(
              'In %1: a statement with "Effect": "Deny" in the policy of the domain %2 covers %3. A Deny beats every Allow, so adding permissions does not help: change or remove that statement.',
              owner,
              facts.domain,
              action
            ),
        SECOND_DENIAL
      ),
      snippets: holders.map(one => show(facts, one))
    };
  }
  const options = optionsOf(action);
  const policy = policyFor(holder, facts, options);
  const other = who.account !== '' && facts.domainOwner !== '' && who.account !== facts.domainOwner;
  const both = other
    ? trans.__(
        "Between two accounts both sides must allow it: the role's own policy in account %1 as well.",
        who.account
      )
    : '';
  return {
    who: 'identity administrator',
    text: together(
      trans.__(
        'In %1: add this to the policy of the %2, for the %3.',
        owner,
        named(facts, holder),
        callerName(who)
      ),
      both,
      trans.__('The command keeps the statements that are there: AWS replaces the policy as a whole.'),
      SECOND_DENIAL
    ),
    snippets: [
      json(
        policy.Statement.length > 1 ? trans.__('The missing statements') : trans.__('The missing statement'),
        policy.Statement.length > 1 ? policy.Statement : policy.Statement[0]
      ),
      addToResource(facts, holder, options),
      resourceProperty(facts, holder, options)
    ]
  };
}

const show = (facts: FixContext, holder: Holder): Snippet =>
  bash(trans.__('The policy of the %1 as it is now', holder), [
    `${aws(`codeartifact get-${holder}-permissions-policy`, {
      ...endpoint(facts, holder),
      query: 'policy.document',
      output: 'text'
    })} || echo "It has none, or you may not see it: the line above says which." >&2`
  ]);

/**
 * Fetch, append, put back with the revision that was fetched: when somebody else changed the policy
 * meanwhile, AWS refuses instead of losing their change. A holder without a policy gets ours.
 */
export function addToResource(facts: FixContext, holder: Holder, options: PolicyOptions = {}): Snippet {
  const get = aws(`codeartifact get-${holder}-permissions-policy`, {
    ...endpoint(facts, holder),
    query: 'policy',
    output: 'json'
  });
  const put = (more: Readonly<Record<string, Value>>) =>
    aws(`codeartifact put-${holder}-permissions-policy`, { ...endpoint(facts, holder), ...more });
  return bash(trans.__('Add it to the policy of the %1', holder), [
    guarded([
      'WORK=$(mktemp -d)',
      here('"$WORK/ours.json"', 'JSON', documentLines(policyFor(holder, facts, options))),
      comment('The policy as it is now; the revision keeps changes of others safe'),
      `if ${get} > "$WORK/policy.json" 2> "$WORK/error"; then`,
      into('REVISION', READ_POLICY('revision')),
      `${READ_POLICY('document')} > "$WORK/now.json"`,
      appended('"$WORK/now.json"', '"$WORK/ours.json"', '"$WORK/merged.json"'),
      put({ 'policy-revision': raw('"$REVISION"'), 'policy-document': raw('"file://$WORK/merged.json"') }),
      'elif grep -q ResourceNotFoundException "$WORK/error"; then',
      comment('It has none yet'),
      put({ 'policy-document': raw('"file://$WORK/ours.json"') }),
      'else',
      'cat "$WORK/error" >&2',
      'exit 1',
      'fi'
    ])
  ]);
}

const READ_POLICY = (field: string): string =>
  `python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["${field}"])' "$WORK/policy.json"`;

export function resourceProperty(facts: FixContext, holder: Holder, options: PolicyOptions): Snippet {
  const document = policyFor(holder, facts, options);
  return yaml(trans.__('CloudFormation: property of the %1; it replaces the policy as a whole', holder), {
    Type: holder === 'domain' ? 'AWS::CodeArtifact::Domain' : 'AWS::CodeArtifact::Repository',
    Properties:
      holder === 'domain'
        ? { DomainName: facts.domain, PermissionsPolicyDocument: document }
        : {
            DomainName: facts.domain,
            ...(facts.domainOwner === '' ? {} : { DomainOwner: facts.domainOwner }),
            RepositoryName: facts.repository,
            PermissionsPolicyDocument: document
          }
  });
}

/** The trust policy of a role that a profile assumes. */
const trust = (denied: Denied): Fix => ({
  who: 'identity administrator',
  text: together(
    denied.explicit
      ? trans.__(
          'The trust policy of the role to be assumed (%1) does not let the %2 in, by a statement with "Effect": "Deny".',
          denied.resource,
          callerName(denied.who)
        )
      : trans.__(
          'The trust policy of the role to be assumed (%1) does not let the %2 in.',
          denied.resource,
          callerName(denied.who)
        ),
    SECOND_DENIAL
  ),
  snippets: denied.explicit
    ? []
    : [
        json(trans.__('Statement for the trust policy'), {
          Effect: 'Allow',
          Principal: { AWS: denied.who.iamArn ?? denied.who.arn },
          Action: 'sts:AssumeRole'
        })
      ]
});
