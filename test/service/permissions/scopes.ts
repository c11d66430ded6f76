import { allFeatures, type PermissionScope } from "../../../service";

const networks = {
  vpcs: ["vpc-0a1b2c3d4e5f60718", "vpc-0a1b2c3d4e5f60728"],
  sharedVpcs: ["vpc-0a1b2c3d4e5f60738"],
  subnets: ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"],
  securityGroups: ["sg-0a1b2c3d4e5f60713"],
  prefixLists: ["pl-0a1b2c3d4e5f60714"],
};

/** What permissions may be for: all or nothing said, each feature alone, each partition. */
export const scopes: readonly (readonly [string, PermissionScope])[] = [
  [
    "everything that can be said",
    {
      ...networks,
      account: "123456789012",
      regions: ["eu-central-1", "us-east-1"],
      features: allFeatures,
      collections: ["orders", "logs-*"],
      collectionIds: ["0123456789abcdefghij"],
      kmsKeys: ["arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef"],
      tags: { team: "search", "cost:center": "7" },
    },
  ],
  ["nothing but Regions and features", { regions: ["eu-central-1"], features: allFeatures }],
  [
    "a VPC and nothing else",
    {
      regions: ["eu-central-1"],
      features: allFeatures,
      vpcs: ["vpc-0a1b2c3d4e5f60718"],
      sharedVpcs: [],
      subnets: [],
      securityGroups: [],
      prefixLists: [],
      collections: [],
      kmsKeys: [],
    },
  ],
  [
    "endpoints that are there",
    { regions: ["eu-central-1"], features: allFeatures, endpoints: ["vpce-0a1b2c3d4e5f60731"] },
  ],
  ["every collection", { regions: ["eu-central-1"], features: allFeatures, collections: ["*", "orders"] }],
  ["China", { account: "123456789012", regions: ["cn-north-1"], features: allFeatures }],
  [
    "GovCloud",
    { account: "123456789012", regions: ["us-gov-west-1"], features: allFeatures, tags: { team: "search" } },
  ],
  ...allFeatures.map(
    (feature) =>
      [
        `${feature} alone`,
        {
          ...networks,
          account: "123456789012",
          regions: ["eu-central-1"],
          features: [feature],
          tags: { team: "search" },
        },
      ] as const,
  ),
];
