import {
  createVpcEndpoint,
  deleteVpcEndpoints,
  describeVpcEndpoints,
  modifyVpcEndpoint
} from './ec2-endpoints';
import {
  authorizeEgress,
  authorizeIngress,
  createSecurityGroup,
  deleteSecurityGroup,
  describeSecurityGroups,
  revokeIngress
} from './ec2-groups';
import {
  describeDhcpOptions,
  describeNetworkAcls,
  describeNetworkInterfaces,
  describeRouteTables,
  describeSubnets,
  describeVpcAttribute,
  describeVpcs,
  modifyVpcAttribute
} from './ec2-network';
import type { AdminOperation } from './plane';
import type { Form } from './query-form';

export const ec2Operations: Record<string, AdminOperation<Form>> = {
  CreateVpcEndpoint: createVpcEndpoint,
  ModifyVpcEndpoint: modifyVpcEndpoint,
  DeleteVpcEndpoints: deleteVpcEndpoints,
  DescribeVpcEndpoints: describeVpcEndpoints,
  CreateSecurityGroup: createSecurityGroup,
  DeleteSecurityGroup: deleteSecurityGroup,
  AuthorizeSecurityGroupIngress: authorizeIngress,
  RevokeSecurityGroupIngress: revokeIngress,
  AuthorizeSecurityGroupEgress: authorizeEgress,
  DescribeSecurityGroups: describeSecurityGroups,
  DescribeVpcs: describeVpcs,
  DescribeDhcpOptions: describeDhcpOptions,
  DescribeVpcAttribute: describeVpcAttribute,
  ModifyVpcAttribute: modifyVpcAttribute,
  DescribeSubnets: describeSubnets,
  DescribeNetworkInterfaces: describeNetworkInterfaces,
  DescribeNetworkAcls: describeNetworkAcls,
  DescribeRouteTables: describeRouteTables
};
