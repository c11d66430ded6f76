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
const familySize = 20;

/**
 * A world as a platform has it. Collections come in families (`family-12-orders-7`), and a team opens those of its
 * families to its own few endpoints, by name and by prefix; now and then one goes to somebody else, to a service,
 * or to the public, and one endpoint sees every dashboard. Network policies are as large as AWS takes them; data
 * access policies name 20 roles and 150 resources each.
 */
export function bigWorld(size: { collections: number; endpoints: number; policies: number }): AccessWorld {
  const number = numbersFrom(size.collections);
  const one = <T>(list: readonly T[]) => list[number(list.length)] as T;
  const families = Math.max(1, Math.floor(size.collections / familySize));
  const nameOf = (place: number) => `family-${place % families}-orders-${Math.floor(place / families)}`;
  const names = Array.from({ length: size.collections }, (_, place) => nameOf(place));
  const endpoints = Array.from({ length: size.endpoints }, (_, place) => ({
    id: `vpce-${String(place).padStart(17, "0")}`,
    vpcId: `vpc-${String(place).padStart(17, "0")}`,
    generation: place % 5 === 4 ? ("nextgen" as const) : ("classic" as const),
    securityGroupIds: [`sg-${place}`],
  }));
  const teams = Array.from({ length: Math.max(1, Math.floor(size.collections / 50)) }, () =>
    Array.from({ length: 1 + number(4) }, () => one(endpoints).id),
  );
  const resource = (team: number) => {
    const ownFamily = (team + teams.length * number(families)) % families;
    const family = ownFamily % teams.length === team ? ownFamily : team % families;
    const kind = number(100);
    if (kind < 3) return `collection/${one(names)}`;
    if (kind < 30) return `collection/family-${family}-*`;
    return `collection/${nameOf(family + families * number(familySize))}`;
  };
  const block = (): NetworkPolicyBlock => {
    const team = number(teams.length);
    const kind = number(300);
    if (kind === 0) {
      const Rules = [{ ResourceType: "collection" as const, Resource: [`collection/${one(names)}`] }];
      return { AllowFromPublic: true, Rules };
    }
    if (kind === 1) {
      const Rules = [{ ResourceType: "dashboard" as const, Resource: ["collection/*"] }];
      return { AllowFromPublic: false, Rules, SourceVPCEs: [endpoints[0]?.id ?? ""] };
    }
    const Resource = Array.from({ length: 5 + number(20) }, () => resource(team));
    return {
      AllowFromPublic: false,
      Rules: [
        { ResourceType: "collection", Resource },
        ...(number(2) === 0 ? [{ ResourceType: "dashboard" as const, Resource }] : []),
      ],
      SourceVPCEs: teams[team] ?? [],
      ...(kind < 20 ? { SourceServices: ["bedrock.amazonaws.com"] } : {}),
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
              Resource: Array.from({ length: 150 }, () => `index/${one(names)}/logs-*`),
              Permission: ["aoss:ReadDocument", "aoss:DescribeIndex"],
            },
          ],
        },
      ],
    })),
  };
}
