import type { Snippet } from '../../../protocol/fix';
import type { EndpointSide } from '../../../protocol/checks';
import { endpointDocument } from './endpoint-document';
import type { FixContext } from './fix-facts';
import { serviceName } from './network-parts';
import { yaml } from './snippet';
import { trans } from '../../core/say';

const LOGICAL: Readonly<Record<EndpointSide, string>> = {
  api: 'CodeArtifactApiEndpoint',
  repositories: 'CodeArtifactRepositoriesEndpoint'
};

/** Missing endpoints as a template of its own, for those who keep their network in CloudFormation. */
export function endpointTemplate(facts: FixContext, sides: readonly EndpointSide[]): Snippet {
  const endpoints = sides.map(which => [
    LOGICAL[which],
    {
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: {
        VpcEndpointType: 'Interface',
        ServiceName: serviceName(facts.region, which),
        VpcId: { Ref: 'VpcId' },
        SubnetIds: { Ref: 'SubnetIds' },
        SecurityGroupIds: [{ 'Fn::GetAtt': ['EndpointSecurityGroup', 'GroupId'] }],
        PrivateDnsEnabled: true,
        PolicyDocument: endpointDocument(facts, which)
      }
    }
  ]);
  return yaml(trans.__('CloudFormation'), {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Interface endpoints from a notebook to CodeArtifact',
    Parameters: {
      VpcId: { Type: 'AWS::EC2::VPC::Id' },
      SubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' },
      NotebookSecurityGroupId: {
        Type: 'AWS::EC2::SecurityGroup::Id',
        Description: 'Add an ingress rule for every other client of the VPC: private DNS leads them here too'
      }
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
