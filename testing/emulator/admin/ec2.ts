import {
  createVpcEndpoint,
  deleteVpcEndpoints,
  describeVpcEndpoints,
  modifyVpcEndpoint
} from './ec2-endpoints';
import { authorizeEgress, authorizeIngress, createSecurityGroup, describeSecurityGroups } from './ec2-groups';
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
  AuthorizeSecurityGroupIngress: authorizeIngress,
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
