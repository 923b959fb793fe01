import type { Fix, Snippet } from '../../../protocol/fix';
import { partitionOf } from '../../core/partition';
import { plainText } from '../../../protocol/messages/trans';
import { type Evidence, fact } from '../../core/evidence';
import { together, trans } from '../../core/say';
import { looks, profileOf, signIn } from './credentials';
import type { FixContext } from './fix-facts';
import { aws, bash, blanks, comment, guarded, raw, variable, word } from './shell';

/** No source of the chain gives any: the profile that was chosen, else the role that the notebook should have. */
export function noCredentials(evidence: Evidence, facts: FixContext): Fix {
  const profile = profileOf(evidence, facts);
  if (profile !== '') {
    const by = fact(evidence, 'namedBy');
    return {
      who: 'you',
      text: by.includes('AWS_')
        ? trans.__(
            "Set the profile %1 up, or take %2 out of the environment of the Jupyter server and restart it: then the notebook's own role is used.",
            profile,
            plainText(by)
          )
        : trans.__(
            "The profile %1 gives no credentials. Choose another profile in the settings, or set this one up; an empty profile means the notebook's own role.",
            profile
          ),
      snippets: [looks(profile), signIn(profile)]
    };
  }
  const reason = (evidence.tried ?? []).find(({ source }) => source === 'instance role')?.reason ?? '';
  const silent = reason.includes('no answer within');
  const off = reason.includes('HTTP status 403');
  const instance = facts.notebookInstance;
  return {
    who: 'platform team',
    text: together(
      trans.__(
        "Give the notebook an execution role, then restart it. On a SageMaker notebook instance the role is the instance's; on Amazon EC2 it is the instance profile."
      ),
      silent ? HOP_LIMIT : off ? SWITCHED_OFF : reason.includes('HTTP status') && FAILING
    ),
    snippets: [
      bash(trans.__('SageMaker notebook instance'), [
        guarded([
          ...blanks([
            ...(instance === undefined
              ? [{ name: 'NOTEBOOK', value: 'REPLACE', what: 'the notebook instance' }]
              : []),
            {
              name: 'ROLE_ARN',
              value: `arn:${partitionOf(facts.region)}:iam::REPLACE`,
              what: 'the execution role'
            }
          ]),
          ...(instance === undefined ? [] : [`NOTEBOOK=${word(instance)}`]),
          comment('A role can be changed while the instance is stopped'),
          aws('sagemaker stop-notebook-instance', {
            region: facts.region,
            'notebook-instance-name': variable('NOTEBOOK')
          }),
          aws('sagemaker wait notebook-instance-stopped', {
            region: facts.region,
            'notebook-instance-name': variable('NOTEBOOK')
          }),
          aws('sagemaker update-notebook-instance', {
            region: facts.region,
            'notebook-instance-name': variable('NOTEBOOK'),
            'role-arn': variable('ROLE_ARN')
          }),
          comment('The change stops it again; only then it can be started'),
          aws('sagemaker wait notebook-instance-stopped', {
            region: facts.region,
            'notebook-instance-name': variable('NOTEBOOK')
          }),
          aws('sagemaker start-notebook-instance', {
            region: facts.region,
            'notebook-instance-name': variable('NOTEBOOK')
          })
        ])
      ]),
      ...(silent
        ? [
            metadataOptions(facts, trans.__('In a container on an EC2 instance'), {
              'http-put-response-hop-limit': '2'
            })
          ]
        : off
          ? [
              metadataOptions(facts, trans.__('EC2 instance whose metadata service is turned off'), {
                'http-endpoint': 'enabled'
              })
            ]
          : []),
      bash(trans.__('EC2 instance'), [
        guarded([
          ...blanks([
            { name: 'INSTANCE_ID', value: 'i-REPLACE', what: 'the instance' },
            { name: 'INSTANCE_PROFILE', value: 'REPLACE', what: 'the instance profile that holds the role' }
          ]),
          aws('ec2 associate-iam-instance-profile', {
            region: facts.region,
            'instance-id': variable('INSTANCE_ID'),
            'iam-instance-profile': raw('"Name=$INSTANCE_PROFILE"')
          })
        ])
      ])
    ]
  };
}

/** A container is one hop further from the metadata service than its host (EC2 guide, "Configure the instance metadata options"). */
const HOP_LIMIT = trans.__(
  'The metadata service did not answer: in a container on an EC2 instance, its hop limit of 1 drops the answer, and must be 2.'
);

/** EC2 guide, "Responses": 403 is what the service answers where it is turned off. */
const SWITCHED_OFF = trans.__(
  'The metadata service answers that it is turned off (HTTP 403): the role is known only once it is on.'
);
const FAILING = trans.__(
  'The metadata service answers with an error of its own: check again in a minute first.'
);

const metadataOptions = (
  facts: FixContext,
  title: string,
  options: Readonly<Record<string, string>>
): Snippet =>
  bash(title, [
    guarded([
      ...blanks([{ name: 'INSTANCE_ID', value: 'i-REPLACE', what: 'the instance' }]),
      aws('ec2 modify-instance-metadata-options', {
        region: facts.region,
        'instance-id': variable('INSTANCE_ID'),
        ...options
      })
    ])
  ]);
