import type { AccessWorld, NetworkPolicyBlock } from "../../../service";

/** Numbers that look random and are the same in each run. */
export function numbersFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const mostBytes = 10_240;

/**
 * A world of many collections in families (`family-12-orders-7`), opened to endpoints by name, by prefix and by
 * `*`; network policies as large as AWS takes them, and data access policies over indexes.
 */
export function bigWorld(size: { collections: number; endpoints: number; policies: number }): AccessWorld {
  const number = numbersFrom(size.collections);
  const families = Math.max(1, Math.floor(size.collections / 20));
  const names = Array.from(
    { length: size.collections },
    (_, place) => `family-${place % families}-orders-${Math.floor(place / families)}`,
  );
  const endpoints = Array.from({ length: size.endpoints }, (_, place) => ({
    id: `vpce-${String(place).padStart(17, "0")}`,
    vpcId: `vpc-${String(place).padStart(17, "0")}`,
    generation: place % 5 === 4 ? ("nextgen" as const) : ("classic" as const),
    securityGroupIds: [`sg-${place}`],
  }));
  const someEndpoints = () =>
    Array.from({ length: 1 + number(4) }, () => endpoints[number(endpoints.length)]?.id ?? "");
  const resource = () => {
    const kind = number(10);
    if (kind < 6) return `collection/${names[number(names.length)]}`;
    return kind < 9 ? `collection/family-${number(families * 2)}*` : `collection/family-${number(10)}*`;
  };
  const block = (): NetworkPolicyBlock => {
    const resources = Array.from({ length: 5 + number(20) }, resource);
    return {
      AllowFromPublic: false,
      Rules: [
        { ResourceType: "collection", Resource: resources },
        ...(number(2) === 0 ? [{ ResourceType: "dashboard" as const, Resource: resources }] : []),
      ],
      SourceVPCEs: someEndpoints(),
    };
  };
  const fullPolicy = () => {
    const document: NetworkPolicyBlock[] = [];
    for (let next = block(), bytes = 2; ; next = block()) {
      bytes += JSON.stringify(next).length + 1;
      if (bytes > mostBytes) return document;
      document.push(next);
    }
  };
  return {
    vpcs: endpoints.map(({ vpcId }, place) => ({ id: vpcId, cidrs: [`10.${place}.0.0/16`] })),
    endpoints,
    securityGroups: endpoints.map((_, place) => ({
      id: `sg-${place}`,
      rules: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: `10.${place}.0.0/17` }],
    })),
    prefixLists: [],
    collections: names.map((name, place) => ({
      name,
      ...(place % 7 === 6 ? { generation: "nextgen" as const } : {}),
    })),
    networkPolicies: Array.from({ length: size.policies }, (_, place) => ({
      name: `network-${place}`,
      document: fullPolicy(),
    })),
    dataPolicies: Array.from({ length: size.policies }, (_, place) => ({
      name: `data-${place}`,
      document: [
        {
          Principal: Array.from(
            { length: 20 },
            (_, role) => `arn:aws:iam::123456789012:role/team-${place}-${role}`,
          ),
          Rules: [
            {
              ResourceType: "index" as const,
              Resource: Array.from({ length: 150 }, () => `index/${names[number(names.length)]}/logs-*`),
              Permission: ["aoss:ReadDocument", "aoss:DescribeIndex"],
            },
          ],
        },
      ],
    })),
  };
}
