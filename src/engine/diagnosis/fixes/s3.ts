import type { Fix } from '../../../protocol/fix';
import type { FixContext } from './fix-facts';
import { addToPolicy } from './merge';
import { inVpc, whereLines } from './network-parts';
import { aws, bash, blanks, exactlyOne, guarded, raw, variable } from './shell';
import { partitionOf } from '../../core/partition';
import { policyDocument, type Statement } from '../policies/statement';
import { together, trans } from '../../core/say';

/** CodeArtifact guide, "Create the Amazon S3 gateway endpoint". */
const NOT_FOR_PIP = trans.__('pip does not need this. Packages of npm, Maven, NuGet and generic format do.');

export const s3Unreachable = (facts: FixContext): Fix => ({
  who: 'network administrator',
  text: together(
    NOT_FOR_PIP,
    trans.__(
      "Create a gateway endpoint for Amazon S3 in the route table of the notebook's subnet. Everything in the subnets of that route table then reaches S3 through it, and only what its policy names: where others use S3 there, add their buckets first."
    )
  ),
  snippets: [
    bash(trans.__('Gateway endpoint'), [
      guarded([
        ...whereLines(facts, {}),
        ...blanks([{ name: 'ROUTE_TABLE_ID', value: 'rtb-REPLACE', what: "of the notebook's subnet" }]),
        aws('ec2 create-vpc-endpoint', {
          region: facts.region,
          'vpc-id': variable('VPC_ID'),
          'vpc-endpoint-type': 'Gateway',
          'service-name': `com.amazonaws.${facts.region}.s3`,
          'route-table-ids': variable('ROUTE_TABLE_ID'),
          'policy-document': raw(`'${JSON.stringify(policyDocument([readAssets(facts)]), null, 2)}'`)
        })
      ])
    ])
  ]
});

/** Accounts of CodeArtifact's asset buckets, CodeArtifact guide, "Minimum Amazon S3 bucket permissions". */
const ASSETS: Readonly<Record<string, string>> = {
  'us-east-1': '193858265520',
  'us-east-2': '250872398865',
  'us-west-2': '787052242323',
  'eu-west-1': '438097961670',
  'eu-west-2': '247805302724',
  'eu-west-3': '762466490029',
  'eu-north-1': '611884512288',
  'eu-south-1': '484130244270',
  'eu-central-1': '769407342218',
  'ap-northeast-1': '660291247815',
  'ap-southeast-1': '421485864821',
  'ap-southeast-2': '860415559748',
  'ap-south-1': '681137435769'
};

/** A gateway endpoint's policy takes "*" as principal only (VPC guide, "Gateway endpoints for Amazon S3"). */
const readAssets = ({ region }: FixContext): Statement => ({
  Effect: 'Allow',
  Principal: { AWS: '*' },
  Action: 's3:GetObject',
  Resource: `arn:${partitionOf(region)}:s3:::assets-${ASSETS[region] ?? '*'}-${region}/*`
});

export function s3Policy(facts: FixContext): Fix {
  return {
    who: 'network administrator',
    text: together(
      NOT_FOR_PIP,
      trans.__(
        "Let the gateway endpoint's policy read CodeArtifact's asset bucket of this Region. The command keeps the statements that are there."
      )
    ),
    snippets: [
      addToPolicy({
        title: trans.__("Add it to the gateway endpoint's policy"),
        before: [
          ...whereLines(facts, {}),
          exactlyOne(
            'ENDPOINT_ID',
            'an endpoint for Amazon S3 in the VPC',
            aws('ec2 describe-vpc-endpoints', {
              region: facts.region,
              filters: [
                ...inVpc(`com.amazonaws.${facts.region}.s3`),
                'Name=vpc-endpoint-type,Values=Gateway'
              ],
              query: 'VpcEndpoints[].[VpcEndpointId]',
              output: 'text'
            })
          )
        ],
        fetch: aws('ec2 describe-vpc-endpoints', {
          region: facts.region,
          'vpc-endpoint-ids': variable('ENDPOINT_ID'),
          query: 'VpcEndpoints[0].PolicyDocument',
          output: 'text'
        }),
        put: 'ec2 modify-vpc-endpoint',
        options: { region: facts.region, 'vpc-endpoint-id': variable('ENDPOINT_ID') },
        add: policyDocument([readAssets(facts)])
      })
    ]
  };
}
