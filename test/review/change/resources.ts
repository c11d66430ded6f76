import type { NetworkPolicyBlock } from "../../../service";
import type { Values } from "../../../terraform";

export const vpcId = "vpc-0a1b2c3d4e5f60718";
export const otherVpcId = "vpc-0a1b2c3d4e5f60728";
export const appsId = "vpce-0aaaaaaaaaaaaaaaa";
export const batchId = "vpce-0bbbbbbbbbbbbbbbb";
export const outsideId = "vpce-0cccccccccccccccc";
export const groupId = "sg-0a1b2c3d4e5f60713";
export const account = "123456789012";

export const apps = "aws_opensearchserverless_vpc_endpoint.apps";
export const batch = "aws_opensearchserverless_vpc_endpoint.batch";
export const network = "aws_opensearchserverless_security_policy.network";
export const access = "aws_opensearchserverless_access_policy.orders";
export const orders = "aws_opensearchserverless_collection.orders";
export const group = "aws_security_group.apps";
export const rule = "aws_vpc_security_group_ingress_rule.apps";

export const endpoint = (id: string | undefined, values: Values = {}): Values => ({
  ...(id === undefined ? {} : { id }),
  name: "apps",
  vpc_id: vpcId,
  subnet_ids: ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"],
  security_group_ids: [groupId],
  ...values,
});

export const collection = (name: string, values: Values = {}): Values => ({
  id: `${name}0123456789`,
  arn: `arn:aws:aoss:eu-central-1:${account}:collection/${name}0123456789`,
  name,
  type: "SEARCH",
  ...values,
});

type Block = Partial<NetworkPolicyBlock> & {
  readonly collections?: readonly string[];
  readonly dashboards?: readonly string[];
};

/** A network policy; each block opens `collections` and `dashboards` to what else it says. */
export const networkPolicy = (name: string, ...blocks: readonly Block[]): Values => ({
  id: name,
  name,
  type: "network",
  policy: JSON.stringify(
    blocks.map(({ collections = [], dashboards = [], ...block }) => ({
      AllowFromPublic: false,
      ...block,
      Rules: [...ruleOf("collection", collections), ...ruleOf("dashboard", dashboards)],
    })),
  ),
});

const ruleOf = (ResourceType: string, names: readonly string[]) =>
  names.length === 0 ? [] : [{ ResourceType, Resource: names.map((name) => `collection/${name}`) }];

export const encryptionPolicy = (name: string, patterns: readonly string[]): Values => ({
  id: name,
  name,
  type: "encryption",
  policy: JSON.stringify({ AWSOwnedKey: true, Rules: ruleOf("collection", patterns) }),
});

export const role = (name: string): string => `arn:aws:iam::${account}:role/${name}`;

export const accessPolicy = (
  name: string,
  principals: readonly string[],
  permissions: readonly string[],
  resources: readonly string[] = ["index/orders/*"],
): Values => ({
  id: name,
  name,
  type: "data",
  policy: JSON.stringify([
    {
      Principal: principals,
      Rules: [{ ResourceType: "index", Resource: resources, Permission: permissions }],
    },
  ]),
});

export const securityGroup = (id: string, values: Values = {}): Values => ({
  id,
  name: "apps-endpoint",
  vpc_id: vpcId,
  ingress: [],
  ...values,
});

export const ingress = (cidr: string, values: Values = {}): Values => ({
  id: `sgr-${cidr}`,
  security_group_id: groupId,
  cidr_ipv4: cidr,
  ip_protocol: "tcp",
  from_port: 443,
  to_port: 443,
  ...values,
});
