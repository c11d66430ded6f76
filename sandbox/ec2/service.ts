import { queryService } from "../protocol/query-protocol";
import { describeVpcEndpointServices } from "./endpoint-services";
import { createVpcEndpoint, deleteVpcEndpoints, modifyVpcEndpoint } from "./interface-endpoints";
import { describeNetworkInterfaces } from "./network-interfaces";
import {
  describeManagedPrefixLists,
  describePrefixLists,
  getManagedPrefixListEntries,
} from "./prefix-list-reads";
import { createManagedPrefixList, deleteManagedPrefixList, modifyManagedPrefixList } from "./prefix-lists";
import {
  authorizeSecurityGroupEgress,
  authorizeSecurityGroupIngress,
  describeSecurityGroupRules,
  modifySecurityGroupRules,
  revokeSecurityGroupEgress,
  revokeSecurityGroupIngress,
} from "./security-group-rules";
import { createSecurityGroup, deleteSecurityGroup, describeSecurityGroups } from "./security-groups";
import {
  associateSubnetCidrBlock,
  createSubnet,
  deleteSubnet,
  describeSubnets,
  disassociateSubnetCidrBlock,
  modifySubnetAttribute,
} from "./subnets";
import { createTags, deleteTags, describeTags } from "./tags";
import { describeNetworkAcls, describeRouteTables } from "./vpc-defaults";
import { describeVpcEndpoints } from "./vpc-endpoints";
import {
  associateVpcCidrBlock,
  createVpc,
  deleteVpc,
  describeVpcAttribute,
  describeVpcs,
  disassociateVpcCidrBlock,
  modifyVpcAttribute,
} from "./vpcs";
import { describeAvailabilityZones } from "./zones";

/** EC2, as far as private access to OpenSearch Serverless needs it. */
export const ec2 = queryService({
  version: "2016-11-15",
  hasDryRun: true,
  actions: {
    AssociateSubnetCidrBlock: associateSubnetCidrBlock,
    AssociateVpcCidrBlock: associateVpcCidrBlock,
    AuthorizeSecurityGroupEgress: authorizeSecurityGroupEgress,
    AuthorizeSecurityGroupIngress: authorizeSecurityGroupIngress,
    CreateManagedPrefixList: createManagedPrefixList,
    CreateSecurityGroup: createSecurityGroup,
    CreateSubnet: createSubnet,
    CreateTags: createTags,
    CreateVpc: createVpc,
    CreateVpcEndpoint: createVpcEndpoint,
    DeleteManagedPrefixList: deleteManagedPrefixList,
    DeleteSecurityGroup: deleteSecurityGroup,
    DeleteSubnet: deleteSubnet,
    DeleteTags: deleteTags,
    DeleteVpc: deleteVpc,
    DeleteVpcEndpoints: deleteVpcEndpoints,
    DescribeAvailabilityZones: describeAvailabilityZones,
    DescribeManagedPrefixLists: describeManagedPrefixLists,
    DescribeNetworkAcls: describeNetworkAcls,
    DescribeNetworkInterfaces: describeNetworkInterfaces,
    DescribePrefixLists: describePrefixLists,
    DescribeRouteTables: describeRouteTables,
    DescribeSecurityGroupRules: describeSecurityGroupRules,
    DescribeSecurityGroups: describeSecurityGroups,
    DescribeSubnets: describeSubnets,
    DescribeTags: describeTags,
    DescribeVpcAttribute: describeVpcAttribute,
    DescribeVpcEndpointServices: describeVpcEndpointServices,
    DescribeVpcEndpoints: describeVpcEndpoints,
    DescribeVpcs: describeVpcs,
    DisassociateSubnetCidrBlock: disassociateSubnetCidrBlock,
    DisassociateVpcCidrBlock: disassociateVpcCidrBlock,
    GetManagedPrefixListEntries: getManagedPrefixListEntries,
    ModifyManagedPrefixList: modifyManagedPrefixList,
    ModifySecurityGroupRules: modifySecurityGroupRules,
    ModifySubnetAttribute: modifySubnetAttribute,
    ModifyVpcAttribute: modifyVpcAttribute,
    ModifyVpcEndpoint: modifyVpcEndpoint,
    RevokeSecurityGroupEgress: revokeSecurityGroupEgress,
    RevokeSecurityGroupIngress: revokeSecurityGroupIngress,
  },
  answer: (action, requestId, result) => ({
    [`${action}Response`]: { "@xmlns": "http://ec2.amazonaws.com/doc/2016-11-15/", requestId, ...result },
  }),
  error: ({ code, message }, requestId) => ({
    Response: { Errors: { Error: { Code: code, Message: message } }, RequestID: requestId },
  }),
});
