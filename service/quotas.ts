/** One limit that AWS sets. */
export interface Quota {
  /** The most that AWS takes. */
  readonly limit: number;
  /** What the limit counts, and per what. */
  readonly counts: string;
  /** Whether AWS raises it on request. */
  readonly adjustable: boolean;
  /** Service Quotas code, where one is known. */
  readonly code?: string;
  /** Where the number comes from. */
  readonly source: string;
}

const quotaTable = "AWS General Reference, OpenSearch Serverless quotas";
const apiModel = "API model 2021-11-01";

/** The limits this product keeps, each with its source. Facts about quotas stand here and nowhere else. */
export const quotas = {
  managedEndpointsPerAccount: {
    limit: 50,
    counts: "OpenSearch Serverless-managed VPC endpoints per account (counted here per Region)",
    adjustable: false,
    source: quotaTable,
  },
  managedEndpointsPerVpc: {
    limit: 1,
    counts: "OpenSearch Serverless-managed VPC endpoints per VPC",
    adjustable: false,
    source: "ConflictException of CreateVpcEndpoint",
  },
  subnetsPerEndpoint: {
    limit: 6,
    counts: "subnets per managed VPC endpoint",
    adjustable: false,
    source: "Terraform AWS provider, aws_opensearchserverless_vpc_endpoint",
  },
  securityGroupsPerEndpoint: {
    limit: 5,
    counts: "security groups per managed VPC endpoint",
    adjustable: false,
    source: apiModel,
  },
  networkPolicies: {
    limit: 500,
    counts: "network policies per account and Region",
    adjustable: false,
    code: "L-92280D4D",
    source: quotaTable,
  },
  networkPolicyBytes: {
    limit: 10_240,
    counts: "bytes of one network policy, minified",
    adjustable: false,
    code: "L-877395DB",
    source: quotaTable,
  },
  encryptionPolicies: {
    limit: 150,
    counts: "encryption policies per account and Region",
    adjustable: false,
    code: "L-3EDA8079",
    source: quotaTable,
  },
  encryptionPolicyBytes: {
    limit: 10_240,
    counts: "bytes of one encryption policy, minified",
    adjustable: false,
    code: "L-2005AF7E",
    source: quotaTable,
  },
  dataAccessPolicies: {
    limit: 500,
    counts: "data access policies per account and Region",
    adjustable: false,
    code: "L-C3AEE11F",
    source: quotaTable,
  },
  dataAccessPolicyBytes: {
    limit: 10_240,
    counts: "bytes of one data access policy, minified",
    adjustable: false,
    code: "L-81F90FD2",
    source: quotaTable,
  },
  lifecyclePolicyBytes: {
    limit: 10_240,
    counts: "bytes of one lifecycle policy, minified",
    adjustable: false,
    source: "answers of CreateLifecyclePolicy on both sides of it",
  },
  tagsPerResource: {
    limit: 50,
    counts: "tags per EC2 resource",
    adjustable: false,
    source: "Amazon EC2 user guide, tag restrictions",
  },
  inboundRulesPerSecurityGroup: {
    limit: 60,
    counts: "inbound rules per security group and IP family",
    adjustable: true,
    code: "L-0EA8095F",
    source: "Amazon VPC quotas",
  },
} as const satisfies Record<string, Quota>;
