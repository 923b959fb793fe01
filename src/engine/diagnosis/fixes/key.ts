import { dnsSuffix } from '../../core/partition';
import type { Fix } from '../../../protocol/fix';
import type { FixContext } from './fix-facts';
import { aws, bash, comment, guarded, into, variable } from './shell';
import { owningAccount, SECOND_DENIAL } from './denied-facts';
import { json } from './snippet';
import { together, trans } from '../../core/say';

const keyLines = (facts: FixContext): readonly string[] => [
  comment("The domain's key"),
  into(
    'KEY_ARN',
    aws('codeartifact describe-domain', {
      region: facts.region,
      domain: facts.domain,
      'domain-owner': facts.domainOwner,
      query: 'domain.encryptionKey',
      output: 'text'
    })
  )
];

/** The domain's KMS key is disabled, waits for deletion, or shuts CodeArtifact out. */
export const keyUnusable = (facts: FixContext): Fix => ({
  who: 'identity administrator',
  text: trans.__(
    "In %1: look at the state of the domain's KMS key. Disabled: enable it. Pending deletion: cancel the deletion, then enable it. Enabled: its policy must let CodeArtifact use it, for principals of this account, through %2.",
    owningAccount(facts),
    `codeartifact.${facts.region}.${dnsSuffix(facts.region)}`
  ),
  snippets: [
    bash(trans.__('The key and its state'), [
      guarded([
        ...keyLines(facts),
        aws('kms describe-key', {
          region: facts.region,
          'key-id': variable('KEY_ARN'),
          query: 'KeyMetadata.[KeyState,KeyManager]',
          output: 'text'
        })
      ])
    ]),
    bash(trans.__('If it is disabled'), [
      guarded([
        ...keyLines(facts),
        aws('kms enable-key', { region: facts.region, 'key-id': variable('KEY_ARN') })
      ])
    ]),
    bash(trans.__('If it is pending deletion'), [
      guarded([
        ...keyLines(facts),
        aws('kms cancel-key-deletion', { region: facts.region, 'key-id': variable('KEY_ARN') }),
        aws('kms enable-key', { region: facts.region, 'key-id': variable('KEY_ARN') })
      ])
    ])
  ]
});

/** A 403 that names a kms action: the key's policy, or the caller's. */
export const keyPolicy = (facts: FixContext, action: string): Fix => ({
  who: 'identity administrator',
  text: together(
    trans.__(
      "The domain is encrypted with a KMS key of %1, and %2 is refused on it. CodeArtifact makes a grant of its own when the domain is created, which needs what this statement says. Add it to the key's policy; keep the statements that are there, for AWS replaces the policy as a whole.",
      owningAccount(facts),
      action
    ),
    SECOND_DENIAL
  ),
  snippets: [
    json(trans.__("Statement for the key's policy"), {
      Effect: 'Allow',
      // The two conditions are what narrows it: https://docs.aws.amazon.com/codeartifact/latest/ug/domain-create.html
      Principal: { AWS: '*' },
      Action: ['kms:CreateGrant', 'kms:DescribeKey'],
      Resource: '*',
      Condition: {
        StringEquals: {
          'kms:CallerAccount': facts.domainOwner || 'REPLACE',
          'kms:ViaService': `codeartifact.${facts.region}.${dnsSuffix(facts.region)}`
        }
      }
    }),
    bash(trans.__('The policy as it is now'), [
      guarded([
        ...keyLines(facts),
        aws('kms get-key-policy', {
          region: facts.region,
          'key-id': variable('KEY_ARN'),
          'policy-name': 'default',
          query: 'Policy',
          output: 'text'
        })
      ])
    ])
  ]
});
