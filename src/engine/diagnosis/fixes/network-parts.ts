import type { Snippet } from '../../../protocol/fix';
import type { FixContext } from './fix-facts';
import { CHECKS, type EndpointSide } from '../../../protocol/checks';
import { aws, bash, type Blank, blanks, comment, guarded, into, raw, variable, word } from './shell';

/** What an address must look like before it goes into a filter. */
const ADDRESS = /^[0-9a-fA-F:.]{2,45}$/;

/** The private addresses of the endpoint, which its administrator can look it up by. */
export function privateAddresses(facts: FixContext): readonly string[] {
  return facts.addressClass === 'private'
    ? (facts.addresses ?? []).map(a => a.address).filter(a => ADDRESS.test(a) && !a.includes(':'))
    : [];
}

const VPC: Blank = { name: 'VPC_ID', value: 'vpc-REPLACE', what: "the notebook's VPC" };
const SUBNETS: Blank = {
  name: 'SUBNET_IDS',
  value: '"subnet-REPLACE"',
  what: 'one per Availability Zone, with spaces between'
};
export const NOTEBOOK_GROUP: Blank = {
  name: 'NOTEBOOK_SG',
  value: 'sg-REPLACE',
  what: "the notebook's security group"
};

/** Looks a value of the SageMaker notebook instance up. */
const ofNotebook = (facts: FixContext, query: string): string =>
  aws('sagemaker describe-notebook-instance', {
    region: facts.region,
    'notebook-instance-name': facts.notebookInstance ?? '',
    query,
    output: 'text'
  });

/**
 * Lines that set VPC_ID, and NOTEBOOK_SG and SUBNET_IDS where wanted. From inside we know the endpoint's
 * private addresses or the notebook instance's name at best: those are looked up, the rest is filled in.
 */
export function whereLines(
  facts: FixContext,
  want: { group?: boolean; subnets?: boolean; vpc?: boolean }
): readonly string[] {
  const { vpc = true } = want;
  if (facts.notebookInstance !== undefined) {
    return [
      comment(`Of notebook instance ${facts.notebookInstance}`),
      ...(want.group ? [into('NOTEBOOK_SG', ofNotebook(facts, 'SecurityGroups[0]'))] : []),
      ...(want.subnets || vpc ? [into('SUBNET_IDS', ofNotebook(facts, 'SubnetId'))] : []),
      ...(vpc ? [into('VPC_ID', vpcOfSubnet(facts))] : []),
      ''
    ];
  }
  const addresses = privateAddresses(facts);
  const lookUp = vpc && addresses.length > 0;
  return [
    ...blanks([
      ...(vpc && !lookUp ? [VPC] : []),
      ...(want.subnets ? [SUBNETS] : []),
      ...(want.group ? [NOTEBOOK_GROUP] : [])
    ]),
    ...(lookUp ? [into('VPC_ID', interfaceOf(facts, addresses, 'NetworkInterfaces[0].VpcId'))] : [])
  ];
}

const vpcOfSubnet = (facts: FixContext): string =>
  aws('ec2 describe-subnets', {
    region: facts.region,
    'subnet-ids': variable('SUBNET_IDS'),
    query: 'Subnets[0].VpcId',
    output: 'text'
  });

/** The endpoint's own network interface, found by an address that this notebook resolved. */
export const interfaceOf = (facts: FixContext, addresses: readonly string[], query: string): string =>
  aws('ec2 describe-network-interfaces', {
    region: facts.region,
    filters: [
      `Name=addresses.private-ip-address,Values=${addresses.join(',')}`,
      'Name=interface-type,Values=vpc_endpoint'
    ],
    query,
    output: 'text'
  });

/** A command that prints a fact of the endpoint; needs VPC_ID unless the endpoint's id is known. */
export function endpointQuery(facts: FixContext, side: EndpointSide, query: string): string {
  const id = facts.vpcEndpointIds?.[side];
  return aws('ec2 describe-vpc-endpoints', {
    region: facts.region,
    ...(id === undefined
      ? {
          filters: [
            `Name=service-name,Values=${serviceName(facts.region, side)}`,
            raw('"Name=vpc-id,Values=$VPC_ID"')
          ]
        }
      : { 'vpc-endpoint-ids': id }),
    query: `VpcEndpoints[0].${query}`,
    output: 'text'
  });
}

/** Lines that set ENDPOINT_ID, and VPC_ID where it takes that. */
export function endpointLines(facts: FixContext, side: EndpointSide): readonly string[] {
  const id = facts.vpcEndpointIds?.[side];
  return id === undefined
    ? [...whereLines(facts, {}), into('ENDPOINT_ID', endpointQuery(facts, side, 'VpcEndpointId'))]
    : [`ENDPOINT_ID=${word(id)}`];
}

/**
 * The `vpce-` names that the settings apiEndpoint and repositoriesEndpoint take, first those of all zones. Looked up by
 * service: an id that we know from a name may be the wrong one.
 */
export function ownNames(facts: FixContext, which: readonly EndpointSide[], title: string): Snippet {
  const { vpcEndpointIds: _, ...rest } = facts;
  return bash(title, [
    guarded([
      ...whereLines(rest, {}),
      ...which.flatMap(each => [
        comment(
          `For the setting ${each === 'api' ? 'apiEndpoint' : 'repositoriesEndpoint'}, with https:// before it`
        ),
        endpointQuery(rest, each, 'DnsEntries[].DnsName')
      ])
    ])
  ]);
}

/** Private DNS works only in a VPC with both attributes on (VPC guide, "DNS attributes"). */
export const dnsAttributes = (facts: FixContext): readonly string[] =>
  ['enable-dns-support', 'enable-dns-hostnames'].map(attribute =>
    aws('ec2 modify-vpc-attribute', {
      region: facts.region,
      'vpc-id': variable('VPC_ID'),
      [attribute]: '{"Value":true}'
    })
  );

export const side = (facts: FixContext): EndpointSide => CHECKS[facts.rung].side;

export const endpointName = (which: EndpointSide): string => `codeartifact.${which}`;

/** The host that broke. */
export const hostOf = (facts: FixContext): string =>
  side(facts) === 'api' ? facts.apiHost : facts.repositoryHost;

/** The interface endpoint's service name, such as `com.amazonaws.eu-central-1.codeartifact.api`. */
export const serviceName = (region: string, side: EndpointSide): string =>
  `com.amazonaws.${region}.codeartifact.${side}`;
