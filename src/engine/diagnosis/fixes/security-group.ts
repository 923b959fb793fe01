import type { Fix, Snippet } from '../../../protocol/fix';
import type { FixContext } from './fix-facts';
import { allow443 } from './endpoint-missing';
import {
  endpointFact,
  endpointLines,
  endpointName,
  interfaceOf,
  privateAddresses,
  side,
  whereLines
} from './network-parts';
import { aws, bash, blanks, comment, guarded, into, raw, variable } from './shell';
import { yaml } from './snippet';
import { trans } from '../../core/say';

/** Lines that set NOTEBOOK_SG and ENDPOINT_SG. Found by VPC and service: an address alone may be in two VPCs. */
const groupLines = (facts: FixContext): readonly string[] => [
  ...endpointLines(facts, side(facts), { group: true }),
  comment("The endpoint's security group; one that lets the notebook in is enough"),
  into('ENDPOINT_SG', endpointFact(facts, 'Groups[0].GroupId'))
];

/** A private address that is silent: the endpoint's group, the notebook's group, or a network ACL. */
export function securityGroup(facts: FixContext): Fix {
  const name = endpointName(side(facts));
  return {
    who: 'network administrator',
    text: trans.__(
      "Let the notebook's security group reach port 443 of the %1 endpoint. If it may already, look at what the notebook's own group lets out, then at the network ACLs of both subnets.",
      name
    ),
    snippets: [ingress(facts), egress(facts), accessLists(facts), template()]
  };
}

const ingress = (facts: FixContext): Snippet =>
  bash(trans.__('Open port 443 to the notebook'), [guarded([...groupLines(facts), allow443(facts)])]);

const egress = (facts: FixContext): Snippet =>
  bash(trans.__("If the notebook's own group limits what goes out"), [
    guarded([
      ...groupLines(facts),
      aws('ec2 authorize-security-group-egress', {
        region: facts.region,
        'group-id': variable('NOTEBOOK_SG'),
        'ip-permissions': raw(
          '"IpProtocol=tcp,FromPort=443,ToPort=443,UserIdGroupPairs=[{GroupId=$ENDPOINT_SG}]"'
        )
      })
    ])
  ]);

/** Subnets of the endpoint whose addresses are silent, and the ACLs that guard them. */
export function accessLists(facts: FixContext): Snippet {
  const dead = (facts.addresses ?? []).filter(a => a.error !== undefined).map(a => a.address);
  const asked = privateAddresses(facts).filter(a => dead.length === 0 || dead.includes(a));
  const only = { ...facts, addresses: asked.map(address => ({ address })) };
  const subnets =
    asked.length > 0
      ? into('SUBNET_IDS', interfaceOf(facts, asked, "join(',', NetworkInterfaces[].SubnetId)", true))
      : into('SUBNET_IDS', endpointFact(facts, "SubnetIds | join(',', @)"));
  return bash(trans.__('If a network ACL is in the way'), [
    guarded([
      ...(asked.length > 0 ? whereLines(only, {}) : endpointLines(facts, side(facts))),
      comment('TCP 443 must come in, and 1024-65535 must go back out'),
      subnets,
      aws('ec2 describe-network-acls', {
        region: facts.region,
        filters: raw('"Name=association.subnet-id,Values=$SUBNET_IDS"'),
        query: 'NetworkAcls[].{Id:NetworkAclId,Entries:Entries}'
      })
    ])
  ]);
}

const template = (): Snippet =>
  yaml(trans.__('CloudFormation'), {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Port 443 from a notebook to the CodeArtifact endpoint',
    Parameters: {
      EndpointSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      NotebookSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' }
    },
    Resources: {
      NotebookToEndpoint: {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: {
          GroupId: { Ref: 'EndpointSecurityGroupId' },
          Description: 'HTTPS from the notebook',
          IpProtocol: 'tcp',
          FromPort: 443,
          ToPort: 443,
          SourceSecurityGroupId: { Ref: 'NotebookSecurityGroupId' }
        }
      }
    }
  });

/** Some addresses are dead, others answer: one subnet's ACL or route. */
export function deadAddresses(facts: FixContext): Fix {
  const dead = (facts.addresses ?? []).filter(a => a.error !== undefined).map(a => a.address);
  const which = dead.length === 0 ? trans.__('the address that does not answer') : dead.join(', ');
  return {
    who: 'network administrator',
    text: trans.__(
      "Look at the network ACL and the route table of the subnet that holds %1: the endpoint's other addresses answer, so its security group is right.",
      which
    ),
    snippets: [accessLists(facts), routes(facts)]
  };
}

const routes = (facts: FixContext): Snippet =>
  bash(trans.__("The notebook subnet's way there"), [
    guarded([
      ...blanks([{ name: 'NOTEBOOK_SUBNET', value: 'subnet-REPLACE', what: "the notebook's subnet" }]),
      aws('ec2 describe-route-tables', {
        region: facts.region,
        filters: raw('"Name=association.subnet-id,Values=$NOTEBOOK_SUBNET"'),
        query: 'RouteTables[].Routes'
      })
    ])
  ]);
