import type { Fix, Snippet } from '../../../protocol/fix';
import type { FixContext } from './fix-facts';
import type { EndpointSide } from '../../../protocol/checks';
import {
  dnsAttributes,
  endpointName,
  endpointQuery,
  ownNames,
  side,
  whereLines,
  serviceName
} from './network-parts';
import { aws, bash, comment, guarded, into, raw, variable } from './shell';
import { yaml } from './snippet';

/** Both endpoints where both are silent: else the administrator is asked a second time. */
const sides = (facts: FixContext): readonly EndpointSide[] =>
  facts.otherEndpointSilent === true ? ['api', 'repositories'] : [side(facts)];

/** The name leads to a public address and nothing answers: the endpoint is missing, or its private DNS is off. */
export function endpointMissing(facts: FixContext): Fix {
  const which = sides(facts).map(endpointName);
  const them = which.length > 1 ? `the endpoints ${which.join(' and ')}` : `the ${which[0] ?? ''} endpoint`;
  const their = which.length > 1 ? 'their' : 'its';
  return {
    who: 'network administrator',
    text: `Create ${them} in the notebook's VPC, or turn on ${their} private DNS. From inside the notebook the two look alike; the VPC console tells which it is. Where private DNS must stay off, the settings apiEndpoint and repositoriesEndpoint take the endpoints' own names.${half(facts)}`,
    snippets: [
      create(facts),
      privateDns(facts),
      ownNames(facts, ['api', 'repositories'], 'If private DNS must stay off'),
      template(facts)
    ]
  };
}

/** Half open: the API works and pip would hang. Say which of the two is not to be touched. */
const half = (facts: FixContext): string =>
  side(facts) === 'repositories' && facts.otherEndpointSilent !== true
    ? ' The codeartifact.api endpoint answers.'
    : '';

function create(facts: FixContext): Snippet {
  const { region } = facts;
  const made = sides(facts).map(which =>
    aws('ec2 create-vpc-endpoint', {
      region,
      'vpc-id': variable('VPC_ID'),
      'vpc-endpoint-type': 'Interface',
      'service-name': serviceName(region, which),
      // Several subnets become several words.
      'subnet-ids': raw('$SUBNET_IDS'),
      'security-group-ids': variable('ENDPOINT_SG'),
      'private-dns-enabled': true
    })
  );
  return bash('If the endpoint is missing', [
    guarded([
      ...whereLines(facts, { group: true, subnets: true }),
      comment('A security group for the endpoint: port 443 from the notebook only'),
      into(
        'ENDPOINT_SG',
        aws('ec2 create-security-group', {
          region,
          'vpc-id': variable('VPC_ID'),
          'group-name': `codeartifact-${sides(facts).join('-')}-endpoint`,
          description: 'Port 443 from the notebook to CodeArtifact',
          query: 'GroupId',
          output: 'text'
        })
      ),
      allow443(facts),
      comment('Private DNS needs both attributes of the VPC'),
      ...dnsAttributes(facts),
      ...made
    ])
  ]);
}

/** `ENDPOINT_SG` lets `NOTEBOOK_SG` in. */
export const allow443 = (facts: FixContext): string =>
  aws('ec2 authorize-security-group-ingress', {
    region: facts.region,
    'group-id': variable('ENDPOINT_SG'),
    protocol: 'tcp',
    port: '443',
    'source-group': variable('NOTEBOOK_SG')
  });

export function privateDns(facts: FixContext): Snippet {
  return bash('If private DNS is off', [
    guarded([
      ...whereLines(facts, {}),
      comment('Private DNS needs both attributes of the VPC'),
      ...dnsAttributes(facts),
      ...sides(facts).flatMap(which => [
        into('ENDPOINT_ID', endpointQuery(facts, which, 'VpcEndpointId')),
        aws('ec2 modify-vpc-endpoint', {
          region: facts.region,
          'vpc-endpoint-id': variable('ENDPOINT_ID'),
          'private-dns-enabled': true
        })
      ])
    ])
  ]);
}

const LOGICAL: Readonly<Record<EndpointSide, string>> = {
  api: 'CodeArtifactApiEndpoint',
  repositories: 'CodeArtifactRepositoriesEndpoint'
};

/** The same as a template of its own, for those who keep their network in CloudFormation. */
function template(facts: FixContext): Snippet {
  const endpoints = sides(facts).map(which => [
    LOGICAL[which],
    {
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: {
        VpcEndpointType: 'Interface',
        ServiceName: serviceName(facts.region, which),
        VpcId: { Ref: 'VpcId' },
        SubnetIds: { Ref: 'SubnetIds' },
        SecurityGroupIds: [{ 'Fn::GetAtt': ['EndpointSecurityGroup', 'GroupId'] }],
        PrivateDnsEnabled: true
      }
    }
  ]);
  return yaml('CloudFormation', {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Interface endpoints from a notebook to CodeArtifact',
    Parameters: {
      VpcId: { Type: 'AWS::EC2::VPC::Id' },
      SubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' },
      NotebookSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' }
    },
    Resources: {
      EndpointSecurityGroup: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: {
          GroupDescription: 'Port 443 from the notebook to CodeArtifact',
          VpcId: { Ref: 'VpcId' },
          SecurityGroupIngress: [
            {
              Description: 'HTTPS from the notebook',
              IpProtocol: 'tcp',
              FromPort: 443,
              ToPort: 443,
              SourceSecurityGroupId: { Ref: 'NotebookSecurityGroupId' }
            }
          ]
        }
      },
      ...Object.fromEntries(endpoints)
    }
  });
}
