import type { PermissionRow } from "../permission-row";
import { requestTag, resourceTag } from "./condition-keys";
import { sources } from "./sources";

const nextgen = { feature: "nextgen-endpoint", forwarded: false, source: sources.provider } as const;

const lookUp = { ...nextgen, resourceTypes: [], conditionKeys: ["aws:RequestedRegion"] } as const;

/** An interface endpoint of EC2 for NEXTGEN collections (`aws_vpc_endpoint`), with private DNS. */
export const nextgenEndpointRows: readonly PermissionRow[] = [
  {
    ...nextgen,
    phases: ["create"],
    operation: "ec2 CreateVpcEndpoint",
    action: "ec2:CreateVpcEndpoint",
    resourceTypes: ["vpc", "vpc-endpoint", "subnet", "security-group"],
    conditionKeys: [requestTag, "ec2:VpceServiceName"],
    statements: ["CreateEndpointInVpc", "CreateNextgenEndpoint"],
    purpose: "makes the endpoint",
  },
  {
    ...nextgen,
    forwarded: true,
    phases: ["create"],
    operation: "ec2 CreateVpcEndpoint",
    action: "route53:AssociateVPCWithHostedZone",
    resourceTypes: ["hostedzone"],
    conditionKeys: [],
    statements: ["UsePrivateDns"],
    purpose: "lets the names of collections lead to the endpoint within its VPC",
    source: sources.ec2,
    neverCalled:
      "the service authorization reference has it among what ec2:CreateVpcEndpoint depends on; AWS would ask for it by itself, for private DNS",
  },
  {
    ...nextgen,
    phases: ["create", "update"],
    operation: "ec2 CreateVpcEndpoint, CreateTags",
    action: "ec2:CreateTags",
    resourceTypes: ["vpc-endpoint"],
    conditionKeys: [],
    statements: ["TagEndpoints"],
    purpose: "gives the endpoint its name, which is a tag, and other tags",
  },
  {
    ...nextgen,
    phases: ["update"],
    operation: "ec2 DeleteTags",
    action: "ec2:DeleteTags",
    resourceTypes: ["vpc-endpoint"],
    conditionKeys: [],
    statements: ["TagEndpoints"],
    purpose: "removes tags of the endpoint that are not wanted any more",
  },
  {
    ...nextgen,
    phases: ["update"],
    operation: "ec2 ModifyVpcEndpoint",
    action: "ec2:ModifyVpcEndpoint",
    resourceTypes: ["vpc-endpoint", "subnet", "security-group"],
    conditionKeys: [resourceTag],
    statements: ["ChangeEndpoints", "ChangeEndpointNetwork"],
    purpose: "gives the endpoint other subnets and security groups",
  },
  {
    ...nextgen,
    phases: ["delete"],
    operation: "ec2 DeleteVpcEndpoints",
    action: "ec2:DeleteVpcEndpoints",
    resourceTypes: ["vpc-endpoint"],
    conditionKeys: [resourceTag],
    statements: ["ChangeEndpoints"],
    purpose: "deletes the endpoint",
  },
  {
    ...lookUp,
    phases: ["read"],
    operation: "ec2 DescribeVpcEndpoints",
    action: "ec2:DescribeVpcEndpoints",
    statements: ["LookUpNetwork"],
    purpose: "reads the endpoint",
  },
  {
    ...lookUp,
    phases: ["read"],
    operation: "ec2 DescribeNetworkInterfaces",
    action: "ec2:DescribeNetworkInterfaces",
    statements: ["LookUpNetwork"],
    purpose: "reads the addresses of the endpoint",
  },
  {
    ...lookUp,
    phases: ["read"],
    operation: "ec2 DescribePrefixLists",
    action: "ec2:DescribePrefixLists",
    statements: ["LookUpNetwork"],
    purpose: "looks for a prefix list of the service, as the provider does for endpoints of any kind",
  },
];

const tags = {
  feature: "endpoint-tags",
  resourceTypes: ["vpc-endpoint"],
  conditionKeys: [],
  forwarded: false,
  statements: ["TagEndpoints"],
  source: sources.provider,
} as const;

/** Tags on a managed endpoint (`aws_ec2_tag`), which OpenSearch Serverless itself does not take. */
export const endpointTagRows: readonly PermissionRow[] = [
  {
    ...tags,
    phases: ["create", "update"],
    operation: "ec2 CreateTags",
    action: "ec2:CreateTags",
    purpose: "sets a tag of the endpoint",
  },
  {
    ...tags,
    phases: ["delete"],
    operation: "ec2 DeleteTags",
    action: "ec2:DeleteTags",
    purpose: "removes a tag of the endpoint",
  },
  {
    ...tags,
    phases: ["read"],
    operation: "ec2 DescribeTags",
    action: "ec2:DescribeTags",
    resourceTypes: [],
    conditionKeys: ["aws:RequestedRegion"],
    statements: ["LookUpNetwork"],
    purpose: "reads a tag of the endpoint",
  },
];
