import type { Fix } from '../../../protocol/fix';
import type { FixContext } from './fix-facts';
import { addToPolicy } from './merge';
import { whereLines } from './network-parts';
import { aws, bash, blanks, guarded, into, raw, variable } from './shell';
import { policyDocument } from '../policies/statement';

/** CodeArtifact guide, "Create the Amazon S3 gateway endpoint". */
const NOT_FOR_PIP = 'pip does not need this. Packages of npm, Maven, NuGet and generic format do.';

export const s3Unreachable = (facts: FixContext): Fix => ({
  who: 'network administrator',
  text: `${NOT_FOR_PIP} Create a gateway endpoint for Amazon S3 in the route table of the notebook's subnet.`,
  snippets: [
    bash('Gateway endpoint', [
      guarded([
        ...whereLines(facts, {}),
        ...blanks([{ name: 'ROUTE_TABLE_ID', value: 'rtb-REPLACE', what: "of the notebook's subnet" }]),
        aws('ec2 create-vpc-endpoint', {
          region: facts.region,
          'vpc-id': variable('VPC_ID'),
          'vpc-endpoint-type': 'Gateway',
          'service-name': `com.amazonaws.${facts.region}.s3`,
          'route-table-ids': variable('ROUTE_TABLE_ID')
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

export function s3Policy(facts: FixContext): Fix {
  const account = ASSETS[facts.region] ?? '*';
  return {
    who: 'network administrator',
    text: `${NOT_FOR_PIP} Let the gateway endpoint's policy read CodeArtifact's asset bucket of this Region. The command keeps the statements that are there.`,
    snippets: [
      addToPolicy({
        title: "Add it to the gateway endpoint's policy",
        before: [
          ...whereLines(facts, {}),
          into(
            'ENDPOINT_ID',
            aws('ec2 describe-vpc-endpoints', {
              region: facts.region,
              filters: [
                `Name=service-name,Values=com.amazonaws.${facts.region}.s3`,
                raw('"Name=vpc-id,Values=$VPC_ID"')
              ],
              query: 'VpcEndpoints[0].VpcEndpointId',
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
        add: policyDocument([
          {
            Effect: 'Allow',
            Principal: { AWS: '*' },
            Action: 's3:GetObject',
            Resource: `arn:aws:s3:::assets-${account}-${facts.region}/*`
          }
        ])
      })
    ]
  };
}
