/** Where a row of the permission table comes from. */
export const sources = {
  endpoints:
    "OpenSearch Serverless developer guide, data plane access through AWS PrivateLink: required permissions",
  collections: "OpenSearch Serverless developer guide, configuring permissions for collections",
  keys: "OpenSearch Serverless developer guide, key policy for a customer managed key",
  groups: "service authorization reference of OpenSearch Serverless",
  ec2: "service authorization reference of EC2: dependent actions",
  zones: "Route 53 developer guide, permissions for actions on private hosted zones",
  provider: "recorded from Terraform AWS provider 5.100.0",
  sts: "STS API reference, GetCallerIdentity",
  imports: "OpenSearch Serverless API reference, list operations",
  client: "OpenSearch Serverless developer guide, data access policies versus IAM policies",
} as const;
