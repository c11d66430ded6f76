import type { WorldFile } from "./world";

const network = {
  vpcs: {
    "vpc-0a1b2c3d4e5f60718": {
      cidr: "10.20.0.0/16",
      subnets: {
        "subnet-0a1b2c3d4e5f60711": { zone: "a", cidr: "10.20.0.0/20" },
        "subnet-0a1b2c3d4e5f60712": { zone: "b", cidr: "10.20.16.0/20" },
        "subnet-0a1b2c3d4e5f60713": { zone: "c", cidr: "10.20.32.0/20" },
        "subnet-0a1b2c3d4e5f60714": { zone: "a", cidr: "10.20.48.0/20" },
      },
      securityGroups: {
        "sg-0a1b2c3d4e5f60713": { name: "application-servers" },
      },
    },
    "vpc-0a1b2c3d4e5f60728": {
      cidr: "10.30.0.0/16",
      ipv6Cidr: "2001:db8:1234:1a00::/56",
      subnets: {
        "subnet-0a1b2c3d4e5f60721": { zone: "a", cidr: "10.30.0.0/20", ipv6Cidr: "2001:db8:1234:1a00::/64" },
        "subnet-0a1b2c3d4e5f60722": { zone: "b", cidr: "10.30.16.0/20", ipv6Cidr: "2001:db8:1234:1a01::/64" },
        "subnet-0a1b2c3d4e5f60723": { zone: "c", ipv6Cidr: "2001:db8:1234:1a02::/64" },
      },
      securityGroups: {
        "sg-0a1b2c3d4e5f60723": { name: "batch-jobs" },
      },
    },
  },
  prefixLists: {
    "pl-0a1b2c3d4e5f60714": { name: "offices", entries: ["198.51.100.0/24", "203.0.113.0/24"] },
  },
} as const;

/** The world of a sandbox that was given none: the ids are those of the example `access.yaml`. */
export const defaultWorld: WorldFile = {
  version: 1,
  accounts: {
    "123456789012": {
      regions: {
        "eu-central-1": structuredClone(network) as never,
        "us-east-1": structuredClone(network) as never,
      },
    },
  },
};
