import type {
  AccessWorld,
  IngressRule,
  NetworkPolicyBlock,
  WorldDataPolicy,
  WorldEndpoint,
} from "../../../service";

/** Two VPCs with an endpoint each, a third without one, and no policy: what a test adds is all that opens. */
export function smallWorld(parts: Partial<AccessWorld> = {}): AccessWorld {
  return {
    vpcs: [
      { id: "vpc-apps", name: "apps", cidrs: ["10.20.0.0/16", "2600:1f16:0:20::/64"] },
      { id: "vpc-batch", cidrs: ["10.30.0.0/16"] },
      { id: "vpc-lonely", cidrs: ["10.40.0.0/16"] },
    ],
    endpoints: [endpoint("apps"), endpoint("batch")],
    securityGroups: [
      securityGroup("apps", [https({ cidrIpv4: "10.20.0.0/16" })]),
      securityGroup("batch", [https({ cidrIpv4: "10.30.0.0/16" })]),
    ],
    prefixLists: [],
    collections: [{ name: "orders" }, { name: "logs-eu" }],
    networkPolicies: [],
    dataPolicies: [],
    ...parts,
  };
}

export const endpoint = (name: string, parts: Partial<WorldEndpoint> = {}): WorldEndpoint => ({
  id: `vpce-${name}`,
  vpcId: `vpc-${name}`,
  generation: "classic",
  securityGroupIds: [`sg-${name}`],
  ...parts,
});

export const securityGroup = (name: string, rules: readonly IngressRule[] | undefined) => ({
  id: `sg-${name}`,
  vpcId: `vpc-${name}`,
  rules,
});

export const https = (source: Partial<IngressRule>): IngressRule => ({
  protocol: "tcp",
  fromPort: 443,
  toPort: 443,
  ...source,
});

type Type = "collection" | "dashboard";

/** A network policy of one block. */
export function policy(
  name: string,
  sources: { endpoints?: string[]; services?: string[] } | "public",
  ...rules: readonly (readonly [Type, ...string[]])[]
): AccessWorld["networkPolicies"][number] {
  const block: NetworkPolicyBlock = {
    AllowFromPublic: sources === "public",
    Rules: rules.map(([ResourceType, ...patterns]) => ({
      ResourceType,
      Resource: patterns.map((pattern) => `collection/${pattern}`),
    })),
    ...(sources !== "public" && sources.endpoints ? { SourceVPCEs: sources.endpoints } : {}),
    ...(sources !== "public" && sources.services ? { SourceServices: sources.services } : {}),
  };
  return { name, document: [block] };
}

/** A data access policy of one block with one rule. */
export function dataPolicy(
  name: string,
  principals: readonly string[],
  type: "collection" | "index",
  resources: readonly string[],
  permissions: readonly string[],
): WorldDataPolicy {
  return {
    name,
    document: [
      {
        Principal: principals,
        Rules: [{ ResourceType: type, Resource: resources, Permission: permissions }],
      },
    ],
  };
}

export const collection = (name: string) => ({ kind: "collection", name }) as const;
export const dashboard = (name: string) => ({ kind: "dashboard", name }) as const;
export const fromEndpoint = (name: string) => ({ kind: "endpoint", id: `vpce-${name}` }) as const;
export const fromCidr = (cidr: string, vpcId?: string) => ({ kind: "cidr", cidr, vpcId }) as const;
export const bedrock = "bedrock.amazonaws.com";
export const fromBedrock = { kind: "service", service: bedrock } as const;
export const fromPublic = { kind: "public" } as const;
export const role = (name: string, account = "123456789012") => `arn:aws:iam::${account}:role/${name}`;
export const fromRole = (name: string, account?: string) =>
  ({ kind: "principal", principal: role(name, account) }) as const;
