/**
 * The 22 permissions that AWS's guide lists for working with endpoints that OpenSearch Serverless manages, as it writes
 * them (developer guide, "Data plane access through AWS PrivateLink"). IAM does not tell the case of actions.
 */
export const guidePermissions: readonly string[] = [
  ...[
    "CreateVpcEndpoint",
    "ListVpcEndpoints",
    "BatchGetVpcEndpoint",
    "UpdateVpcEndpoint",
    "DeleteVpcEndpoint",
  ].map((name) => `aoss:${name}`),
  ...[
    "CreateTags",
    "CreateVpcEndpoint",
    "DeleteVpcEndPoints",
    "DescribeSecurityGroups",
    "DescribeSubnets",
    "DescribeVpcEndpoints",
    "DescribeVpcs",
    "ModifyVpcEndPoint",
  ].map((name) => `ec2:${name}`),
  ...[
    "AssociateVPCWithHostedZone",
    "ChangeResourceRecordSets",
    "CreateHostedZone",
    "DeleteHostedZone",
    "GetChange",
    "GetHostedZone",
    "ListHostedZonesByName",
    "ListHostedZonesByVPC",
    "ListResourceRecordSets",
  ].map((name) => `route53:${name}`),
];
