import { Domain, PackageGroup, Repository } from './codeartifact';
import { SecurityGroup, VPCEndpoint } from './ec2';
import { ManagedPolicy, Role } from './iam';
import type { ResourceType } from './resource-type';
import { HostedZone, RecordSet } from './route53';
import { NotebookInstance, NotebookInstanceLifecycleConfig, StudioLifecycleConfig } from './sagemaker';

/** Any other type is an error. */
export const knownTypes: Record<string, ResourceType> = {
  'AWS::CodeArtifact::Domain': Domain,
  'AWS::CodeArtifact::PackageGroup': PackageGroup,
  'AWS::CodeArtifact::Repository': Repository,
  'AWS::EC2::SecurityGroup': SecurityGroup,
  'AWS::EC2::VPCEndpoint': VPCEndpoint,
  'AWS::IAM::ManagedPolicy': ManagedPolicy,
  'AWS::IAM::Role': Role,
  'AWS::Route53::HostedZone': HostedZone,
  'AWS::Route53::RecordSet': RecordSet,
  'AWS::SageMaker::NotebookInstance': NotebookInstance,
  'AWS::SageMaker::NotebookInstanceLifecycleConfig': NotebookInstanceLifecycleConfig,
  'AWS::SageMaker::StudioLifecycleConfig': StudioLifecycleConfig
};
