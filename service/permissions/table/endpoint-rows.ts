import type { PermissionRow } from "../permission-row";
import { sources } from "./sources";

const managed = { feature: "managed-endpoint", conditionKeys: [], source: sources.endpoints } as const;

/** Calls of OpenSearch Serverless, which have neither resources nor condition keys of their own. */
const direct = {
  ...managed,
  resourceTypes: [],
  conditionKeys: ["aws:RequestedRegion"],
  forwarded: false,
} as const;

const forwarded = { ...managed, forwarded: true } as const;

/** Look-ups that AWS makes in the caller's name take `*` only. */
const lookUp = { ...forwarded, resourceTypes: [], conditionKeys: ["aws:RequestedRegion"] } as const;

const zone = { ...forwarded, resourceTypes: ["hostedzone"] } as const;

/** A managed endpoint: the 22 permissions of the developer guide. */
export const managedEndpointRows: readonly PermissionRow[] = [
  {
    ...direct,
    phases: ["create"],
    operation: "aoss CreateVpcEndpoint",
    action: "aoss:CreateVpcEndpoint",
    statements: ["CreateManagedEndpoint"],
    purpose: "makes the endpoint",
  },
  {
    ...direct,
    phases: ["read"],
    operation: "aoss BatchGetVpcEndpoint",
    action: "aoss:BatchGetVpcEndpoint",
    statements: ["ReadManagedEndpoints"],
    purpose: "reads the endpoint, and waits until it is made, changed or gone",
  },
  {
    ...direct,
    phases: ["update"],
    operation: "aoss UpdateVpcEndpoint",
    action: "aoss:UpdateVpcEndpoint",
    statements: ["ChangeManagedEndpoints"],
    purpose: "gives the endpoint other subnets and security groups",
  },
  {
    ...direct,
    phases: ["delete"],
    operation: "aoss DeleteVpcEndpoint",
    action: "aoss:DeleteVpcEndpoint",
    statements: ["ChangeManagedEndpoints"],
    purpose: "deletes the endpoint",
  },
  {
    ...direct,
    phases: ["create", "find"],
    operation: "aoss ListVpcEndpoints",
    action: "aoss:ListVpcEndpoints",
    statements: ["FindExisting"],
    purpose: "finds endpoints that exist already, such as one that was made and not saved",
    neverCalled:
      "the developer guide has it among what it takes to manage endpoints; the provider reads them by id alone",
  },
  {
    ...forwarded,
    phases: ["create"],
    operation: "aoss CreateVpcEndpoint",
    action: "ec2:CreateVpcEndpoint",
    resourceTypes: ["vpc", "vpc-endpoint", "subnet", "security-group"],
    statements: ["CreateEndpointInVpc"],
    purpose: "makes the endpoint in EC2",
  },
  {
    ...forwarded,
    phases: ["create"],
    operation: "aoss CreateVpcEndpoint",
    action: "ec2:CreateTags",
    resourceTypes: ["vpc-endpoint"],
    statements: ["TagEndpoints"],
    purpose: "marks the endpoint in EC2 as one that OpenSearch Serverless manages",
  },
  {
    ...forwarded,
    phases: ["update"],
    operation: "aoss UpdateVpcEndpoint",
    action: "ec2:ModifyVpcEndpoint",
    resourceTypes: ["vpc-endpoint", "subnet", "security-group"],
    statements: ["ChangeEndpoints", "ChangeEndpointNetwork"],
    purpose: "gives the endpoint in EC2 other subnets and security groups",
  },
  {
    ...forwarded,
    phases: ["delete"],
    operation: "aoss DeleteVpcEndpoint",
    action: "ec2:DeleteVpcEndpoints",
    resourceTypes: ["vpc-endpoint"],
    statements: ["ChangeEndpoints"],
    purpose: "deletes the endpoint in EC2",
  },
  {
    ...lookUp,
    forwarded: false,
    phases: ["read"],
    operation: "ec2 DescribeVpcEndpoints",
    action: "ec2:DescribeVpcEndpoints",
    statements: ["LookUpNetwork"],
    purpose: "reads the security groups of the endpoint, which OpenSearch Serverless does not tell",
  },
  {
    ...lookUp,
    phases: ["create", "update", "delete"],
    operation: "aoss CreateVpcEndpoint, UpdateVpcEndpoint, DeleteVpcEndpoint",
    action: "ec2:DescribeVpcEndpoints",
    statements: ["LookUpNetwork"],
    purpose: "looks up the endpoint in EC2",
  },
  {
    ...lookUp,
    conditionKeys: [],
    phases: ["create"],
    operation: "aoss CreateVpcEndpoint",
    action: "ec2:DescribeVpcs",
    statements: ["LookUpVpcs"],
    purpose: "looks up the VPC",
  },
  {
    ...lookUp,
    phases: ["create", "update"],
    operation: "aoss CreateVpcEndpoint, UpdateVpcEndpoint",
    action: "ec2:DescribeSubnets",
    statements: ["LookUpNetwork"],
    purpose: "looks up the subnets",
  },
  {
    ...lookUp,
    phases: ["create", "update"],
    operation: "aoss CreateVpcEndpoint, UpdateVpcEndpoint",
    action: "ec2:DescribeSecurityGroups",
    statements: ["LookUpNetwork"],
    purpose: "looks up the security groups",
  },
  {
    ...forwarded,
    phases: ["create"],
    operation: "aoss CreateVpcEndpoint",
    action: "route53:CreateHostedZone",
    resourceTypes: [],
    statements: ["CreateManagedZones"],
    purpose: "makes the private hosted zones that lead names of collections to the endpoint",
  },
  {
    ...zone,
    phases: ["create"],
    operation: "aoss CreateVpcEndpoint",
    action: "route53:AssociateVPCWithHostedZone",
    statements: ["ChangeZones"],
    purpose: "gives the zones to the VPC of the endpoint",
  },
  {
    ...zone,
    phases: ["create", "delete"],
    operation: "aoss CreateVpcEndpoint, DeleteVpcEndpoint",
    action: "route53:ChangeResourceRecordSets",
    statements: ["ChangeZones"],
    purpose: "writes the records of the zones, and removes them with the endpoint",
  },
  {
    ...zone,
    phases: ["delete"],
    operation: "aoss DeleteVpcEndpoint",
    action: "route53:DeleteHostedZone",
    statements: ["ChangeZones"],
    purpose: "deletes the zones with the endpoint",
  },
  {
    ...forwarded,
    phases: ["create", "delete"],
    operation: "aoss CreateVpcEndpoint, DeleteVpcEndpoint",
    action: "route53:GetChange",
    resourceTypes: ["change"],
    statements: ["FollowZoneChanges"],
    purpose: "waits until the zones are as wanted",
  },
  {
    ...zone,
    phases: ["delete"],
    operation: "aoss DeleteVpcEndpoint",
    action: "route53:GetHostedZone",
    statements: ["ReadZones"],
    purpose: "reads the zones that are to be deleted",
  },
  {
    ...zone,
    phases: ["delete"],
    operation: "aoss DeleteVpcEndpoint",
    action: "route53:ListResourceRecordSets",
    statements: ["ReadZones"],
    purpose: "reads the records that are to be deleted",
  },
  {
    ...forwarded,
    phases: ["create"],
    operation: "aoss CreateVpcEndpoint",
    action: "route53:ListHostedZonesByName",
    resourceTypes: [],
    statements: ["LookUpZones"],
    purpose: "looks for zones of the same name",
  },
  {
    ...forwarded,
    phases: ["create"],
    operation: "aoss CreateVpcEndpoint",
    action: "route53:ListHostedZonesByVPC",
    resourceTypes: [],
    statements: ["LookUpZones"],
    purpose: "looks for zones that the VPC has already",
  },
];
