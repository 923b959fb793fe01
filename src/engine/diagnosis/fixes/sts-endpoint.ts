import type { Fix, Snippet } from '../../../protocol/fix';
import { partitionOf } from '../../core/partition';
import { together, trans } from '../../core/say';
import { type PolicyDocument, policyDocument } from '../policies/statement';
import type { FixContext } from './fix-facts';
import { allow443, createEndpoints } from './endpoint-missing';
import { addToPolicy } from './merge';
import { endpointFact, inVpc, whereLines } from './network-parts';
import { aws, bash, comment, exactlyOne, guarded, into, raw, variable } from './shell';

/** AssumeRoleWithWebIdentity is called without credentials: the role's trust policy judges it. */
const stsOnly = (region: string): PolicyDocument =>
  policyDocument([
    {
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity'],
      Resource: `arn:${partitionOf(region)}:iam::*:role/*`
    }
  ]);

const EVERYBODY = trans.__(
  'Private DNS leads every client of the VPC to the endpoint: its security group must let all of them in on port 443, and its policy what they call besides, such as sts:GetCallerIdentity.'
);

/** FIPS hosts have an endpoint service of their own; the global host has none, for it is in no Region. */
const serviceOf = (host: string, region: string): string =>
  `com.amazonaws.${region}.${host.startsWith('sts-fips.') ? 'sts-fips' : 'sts'}`;

const isGlobal = (host: string): boolean => host === 'sts.amazonaws.com';

/** The name leads to a public address, as far as is known: the endpoint is missing, or its private DNS is off. */
export function stsMissing(host: string, facts: FixContext): Fix {
  if (isGlobal(host)) {
    return regional(host, facts);
  }
  const { region } = facts;
  return {
    who: 'network administrator',
    text: together(
      trans.__(
        "Make an interface endpoint for AWS STS (%1) in the VPC, with private DNS, so that %2 leads to it; or use the notebook's own role, which needs none.",
        serviceOf(host, region),
        host
      ),
      EVERYBODY
    ),
    snippets: [
      bash(trans.__('The endpoint for AWS STS'), [
        guarded(
          createEndpoints(
            facts,
            [
              {
                name: serviceOf(host, region),
                document: raw(`'${JSON.stringify(stsOnly(region), null, 2)}'`)
              }
            ],
            { everybody: EVERYBODY, group: 'sts-endpoint', to: 'AWS STS' }
          )
        )
      ])
    ]
  };
}

/** `sts_regional_endpoints = legacy`: no endpoint of a VPC leads to the global host. */
const regional = (host: string, facts: FixContext): Fix => ({
  who: 'you',
  text: trans.__(
    'No interface endpoint leads to the global host %1. Ask AWS STS in the Region: take sts_regional_endpoints out of ~/.aws/config and AWS_STS_REGIONAL_ENDPOINTS out of the environment, or set them to regional. It is then sts.%2.amazonaws.com, which an interface endpoint can stand for.',
    host,
    facts.region
  ),
  snippets: [
    bash(trans.__('What asks for the global host'), [
      'grep -n -i sts_regional_endpoints "${AWS_CONFIG_FILE:-$HOME/.aws/config}"; env | grep AWS_STS_REGIONAL_ENDPOINTS'
    ])
  ]
});

/** Lines that set ENDPOINT_ID, and NOTEBOOK_SG where wanted. */
const endpointLines = (
  host: string,
  facts: FixContext,
  want: { group?: boolean } = {}
): readonly string[] => [
  ...whereLines(facts, want),
  exactlyOne(
    'ENDPOINT_ID',
    'an endpoint for AWS STS in the VPC',
    aws('ec2 describe-vpc-endpoints', {
      region: facts.region,
      filters: inVpc(serviceOf(host, facts.region)),
      query: 'VpcEndpoints[].[VpcEndpointId]',
      output: 'text'
    })
  )
];

/** A private address that is silent. */
export const stsSecurityGroup = (host: string, facts: FixContext): Fix => ({
  who: 'network administrator',
  text: trans.__(
    "Let the notebook's security group reach port 443 of the interface endpoint for AWS STS. If it may already, look at what the notebook's own group lets out, then at the network ACLs of both subnets."
  ),
  snippets: [
    bash(trans.__('Open port 443 to the notebook'), [
      guarded([
        ...endpointLines(host, facts, { group: true }),
        comment("The endpoint's security group; one that lets the notebook in is enough"),
        into('ENDPOINT_SG', endpointFact(facts, 'Groups[0].GroupId')),
        allow443(facts)
      ])
    ])
  ]
});

const policyNow = (facts: FixContext): string => endpointFact(facts, 'PolicyDocument');

export const addToStsPolicy = (host: string, facts: FixContext): Snippet =>
  addToPolicy({
    title: trans.__("Add it to the endpoint's policy"),
    before: endpointLines(host, facts),
    fetch: policyNow(facts),
    put: 'ec2 modify-vpc-endpoint',
    options: { region: facts.region, 'vpc-endpoint-id': variable('ENDPOINT_ID') },
    add: stsOnly(facts.region)
  });

/** AWS names the policy of the endpoint that the call came through. */
export const stsPolicy = (host: string, explicit: boolean, facts: FixContext): Fix =>
  explicit
    ? {
        who: 'network administrator',
        text: trans.__(
          'A statement with "Effect": "Deny" in the policy of the interface endpoint for AWS STS covers this call. A Deny beats every Allow: take the call out of that statement.'
        ),
        snippets: [
          bash(trans.__('The policy as it is now'), [
            guarded([...endpointLines(host, facts), policyNow(facts)])
          ])
        ]
      }
    : {
        who: 'network administrator',
        text: trans.__(
          'Let the policy of the interface endpoint for AWS STS pass this call. The command keeps the statements that are there: AWS replaces the policy as a whole.'
        ),
        snippets: [addToStsPolicy(host, facts)]
      };
