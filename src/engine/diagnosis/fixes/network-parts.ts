import type { Snippet } from '../../../protocol/fix';
import type { FixContext } from './fix-facts';
import { CHECKS, type EndpointSide } from '../../../protocol/checks';
import {
  aws,
  bash,
  type Blank,
  blanks,
  comment,
  exactlyOne,
  guarded,
  into,
  raw,
  variable,
  word
} from './shell';

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
/** Whoever is not among them is cut off by private DNS: it leads every client of the VPC to the endpoint. */
const CLIENT_GROUPS: Blank = {
  name: 'CLIENT_GROUPS',
  value: '"sg-REPLACE"',
  what: "the notebook's security group and every other client's, with spaces between"
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
  want: { group?: boolean; clients?: boolean; subnets?: boolean; vpc?: boolean }
): readonly string[] {
  const { vpc = true } = want;
  if (facts.studioDomain !== undefined) {
    return ofStudio(facts, facts.studioDomain, { ...want, vpc });
  }
  if (facts.notebookInstance !== undefined) {
    return [
      comment(`Of notebook instance ${facts.notebookInstance}`),
      ...(want.group ? [into('NOTEBOOK_SG', ofNotebook(facts, 'SecurityGroups[0]'))] : []),
      ...(want.clients
        ? [comment(OTHER_CLIENTS), into('CLIENT_GROUPS', ofNotebook(facts, "join(' ', SecurityGroups)"))]
        : []),
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
      ...(want.group ? [NOTEBOOK_GROUP] : []),
      ...(want.clients ? [CLIENT_GROUPS] : [])
    ]),
    ...(lookUp ? vpcOfAddress(facts, addresses) : [])
  ];
}

const OTHER_CLIENTS =
  'Add the security groups of every other client of CodeArtifact in the VPC, with spaces between';

/** Private addresses are not unique: two VPCs may both have an endpoint at this one. */
const vpcOfAddress = (facts: FixContext, addresses: readonly string[]): readonly string[] => [
  exactlyOne(
    'VPC_ID',
    `a VPC with an endpoint at ${addresses.join(' or ')}`,
    interfaceOf(facts, addresses, 'NetworkInterfaces[].[VpcId]')
  )
];

/** A space has no subnet of its own: the Studio domain has, and its security groups are the domain's defaults. */
function ofStudio(
  facts: FixContext,
  studioDomain: string,
  want: { group?: boolean; clients?: boolean; subnets?: boolean; vpc: boolean }
): readonly string[] {
  const look = (query: string): string =>
    aws('sagemaker describe-domain', {
      region: facts.region,
      'domain-id': studioDomain,
      query,
      output: 'text'
    });
  const groups = 'DefaultUserSettings.SecurityGroups';
  return [
    comment(`Of Studio domain ${studioDomain}; users and spaces may have security groups of their own`),
    ...(want.group ? [into('NOTEBOOK_SG', look(`${groups}[0]`))] : []),
    ...(want.clients ? [comment(OTHER_CLIENTS), into('CLIENT_GROUPS', look(`join(' ', ${groups})`))] : []),
    ...(want.subnets ? [into('SUBNET_IDS', look("join(' ', SubnetIds)"))] : []),
    ...(want.vpc ? [into('VPC_ID', look('VpcId'))] : []),
    ''
  ];
}

const vpcOfSubnet = (facts: FixContext): string =>
  aws('ec2 describe-subnets', {
    region: facts.region,
    'subnet-ids': variable('SUBNET_IDS'),
    query: 'Subnets[0].VpcId',
    output: 'text'
  });

/** The endpoint's own network interfaces, found by addresses that this notebook resolved; in VPC_ID or in all. */
export const interfaceOf = (
  facts: FixContext,
  addresses: readonly string[],
  query: string,
  inOneVpc = false
): string =>
  aws('ec2 describe-network-interfaces', {
    region: facts.region,
    filters: [
      `Name=addresses.private-ip-address,Values=${addresses.join(',')}`,
      'Name=interface-type,Values=vpc_endpoint',
      ...(inOneVpc ? [raw('"Name=vpc-id,Values=$VPC_ID"')] : [])
    ],
    query,
    output: 'text'
  });

/** Line that sets ENDPOINT_ID to the one endpoint of the service in VPC_ID. */
export const endpointOfVpc = (facts: FixContext, side: EndpointSide): string =>
  exactlyOne(
    'ENDPOINT_ID',
    `a ${endpointName(side)} endpoint in the VPC`,
    aws('ec2 describe-vpc-endpoints', {
      region: facts.region,
      filters: inVpc(serviceName(facts.region, side)),
      query: 'VpcEndpoints[].[VpcEndpointId]',
      output: 'text'
    })
  );

export const inVpc = (service: string) => [
  `Name=service-name,Values=${service}`,
  raw('"Name=vpc-id,Values=$VPC_ID"')
];

/** Lines that set ENDPOINT_ID, and VPC_ID where it takes that. */
export function endpointLines(
  facts: FixContext,
  side: EndpointSide,
  want: { group?: boolean } = {}
): readonly string[] {
  const id = facts.vpcEndpointIds?.[side];
  return id === undefined
    ? [...whereLines(facts, want), endpointOfVpc(facts, side)]
    : [...whereLines(facts, { ...want, vpc: false }), `ENDPOINT_ID=${word(id)}`];
}

/** A command that prints a fact of the endpoint ENDPOINT_ID. */
export const endpointFact = (facts: FixContext, query: string): string =>
  aws('ec2 describe-vpc-endpoints', {
    region: facts.region,
    'vpc-endpoint-ids': variable('ENDPOINT_ID'),
    query: `VpcEndpoints[0].${query}`,
    output: 'text'
  });

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
        aws('ec2 describe-vpc-endpoints', {
          region: rest.region,
          filters: inVpc(serviceName(rest.region, each)),
          query: 'VpcEndpoints[].DnsEntries[].DnsName',
          output: 'text'
        })
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
