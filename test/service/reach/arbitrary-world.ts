import fc from "fast-check";
import type { AccessWorld, IngressRule, NetworkPolicyBlock } from "../../../service";

/** Small worlds in which everything meets: 32 addresses, a few names with common beginnings, three endpoints. */

export const addresses = Array.from({ length: 32 }, (_, place) => `10.0.0.${place}`);
export const names = ["logs-a", "logs-ab", "logs-b", "orders", "ordersold"];
export const patterns = [...names, "*", "log*", "logs-*", "logs-a*", "orders*", "xyz*"];
export const endpointIds = ["vpce-1", "vpce-2", "vpce-3"];
export const services = ["bedrock.amazonaws.com", "aoss.amazonaws.com"];

/** A block of 1 to 32 of the addresses. */
export const block = fc
  .tuple(fc.integer({ min: 27, max: 32 }), fc.nat(31))
  .map(([prefix, place]) => `10.0.0.${place - (place % 2 ** (32 - prefix))}/${prefix}`);

const rule: fc.Arbitrary<IngressRule> = fc
  .tuple(
    fc.oneof(
      { weight: 5, arbitrary: fc.constant({ protocol: "tcp", fromPort: 443, toPort: 443 }) },
      fc.constant({ protocol: "-1" }),
      fc.constant({ protocol: "6", fromPort: 80, toPort: 500 }),
      fc.constant({ protocol: "tcp" }),
      fc.constant({ protocol: "tcp", fromPort: 80, toPort: 80 }),
      fc.constant({ protocol: "udp", fromPort: 443, toPort: 443 }),
    ),
    fc.oneof(
      { weight: 6, arbitrary: block.map((cidrIpv4) => ({ cidrIpv4 })) },
      fc.constantFrom({ prefixListId: "pl-1" }, { prefixListId: "pl-unknown" }, { cidrIpv6: "::/0" }),
      fc.constantFrom({ securityGroupId: "sg-1" }, { securityGroupId: "sg-far" }, {}),
    ),
  )
  .map(([ports, source]) => ({ ...ports, ...source }));

const someOf = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 });

const networkBlock: fc.Arbitrary<NetworkPolicyBlock> = fc
  .record({
    sources: fc.oneof(
      { weight: 2, arbitrary: fc.constant({ AllowFromPublic: true }) },
      // AWS refuses it today; older documentation said that the sources are ignored
      {
        weight: 1,
        arbitrary: fc.constant({
          AllowFromPublic: true,
          SourceVPCEs: ["vpce-1", "vpce-old"],
          SourceServices: [...services],
        }),
      },
      {
        weight: 9,
        arbitrary: fc.record({
          AllowFromPublic: fc.constant(false),
          SourceVPCEs: someOf([...endpointIds, "vpce-far"]),
          SourceServices: fc.subarray([...services]),
        }),
      },
    ),
    rules: fc.array(
      fc.record({
        ResourceType: fc.constantFrom("collection" as const, "dashboard" as const),
        Resource: someOf(patterns).map((some) => some.slice(0, 3).map((one) => `collection/${one}`)),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ sources, rules }) => ({ ...sources, Rules: rules }));

const networkPolicy = fc.record({
  name: fc.constantFrom("one", "two", "three"),
  document: fc.array(networkBlock, { minLength: 1, maxLength: 3 }),
});

const generation = fc.constantFrom("classic" as const, "nextgen" as const);

const endpoints = fc.subarray([...endpointIds]).chain((ids) =>
  fc.tuple(
    ...ids.map((id) =>
      fc.record({
        id: fc.constant(id),
        vpcId: fc.constantFrom("vpc-a", "vpc-a", "vpc-b", "vpc-unknown", undefined),
        generation,
        privateDns: fc.constantFrom(true, true, true, false, undefined),
        securityGroupIds: fc.constantFrom(["sg-1"], ["sg-1"], ["sg-1", "sg-2"], ["sg-far"], [], undefined),
        sharedWithVpcIds: fc.constantFrom(undefined, ["vpc-b"]),
      }),
    ),
  ),
);

const rules = fc.option(fc.array(rule, { maxLength: 4 }), { nil: undefined, freq: 8 });

/** A role's sessions have what the role has; a user may be in a group of the same provider. */
export const principals = [
  ...["anna", "bert"].flatMap((name) => [
    `arn:aws:iam::123456789012:role/team/${name}`,
    `arn:aws:sts::123456789012:assumed-role/${name}/laptop`,
  ]),
  "saml/123456789012/one/user/carl",
  "saml/123456789012/one/group/devs",
  "saml/123456789012/two/group/devs",
];
const root = "arn:aws:iam::123456789012:root";
export const foreigner = "arn:aws:iam::999999999999:role/far";

const dataRule = fc.oneof(
  fc.record({
    ResourceType: fc.constant("index" as const),
    Resource: someOf(patterns).map((some) => some.slice(0, 2).map((one) => `index/${one}/app-*`)),
    Permission: fc.subarray(["aoss:ReadDocument", "aoss:WriteDocument"]),
  }),
  fc.record({
    ResourceType: fc.constant("collection" as const),
    Resource: someOf(patterns).map((some) => some.slice(0, 2).map((one) => `collection/${one}`)),
    Permission: fc.constant(["aoss:*"]),
  }),
);

const dataPolicy = fc.record({
  name: fc.constantFrom("read", "write", "all"),
  document: fc.array(
    fc.record({
      Principal: fc.subarray([...principals, foreigner, root], { minLength: 1, maxLength: 3 }),
      Rules: fc.array(dataRule, { minLength: 1, maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 2 },
  ),
});

const byName = { selector: ({ name }: { readonly name: string }) => name };

export const world: fc.Arbitrary<AccessWorld> = fc.record({
  account: fc.constantFrom("123456789012", undefined),
  vpcs: fc.constantFrom(
    [],
    [{ id: "vpc-a", cidrs: ["10.0.0.0/28"] }],
    [
      { id: "vpc-a", cidrs: ["10.0.0.0/29", "10.0.0.24/29"] },
      { id: "vpc-b", cidrs: ["10.0.0.8/29"] },
      { id: "vpc-c", cidrs: ["10.0.0.16/30"] },
    ],
    [
      { id: "vpc-a", cidrs: ["10.0.0.0/27"] },
      { id: "vpc-b", cidrs: [] },
    ],
  ),
  endpoints,
  securityGroups: fc
    .tuple(rules, rules, fc.constantFrom("vpc-a", undefined), fc.constantFrom("vpc-b", undefined))
    .map(([first, second, vpcId, otherVpcId]) => [
      { id: "sg-1", vpcId, rules: first },
      { id: "sg-2", vpcId: otherVpcId, rules: second },
    ]),
  prefixLists: fc.array(block, { minLength: 1, maxLength: 2 }).map((cidrs) => [{ id: "pl-1", cidrs }]),
  collections: fc
    .subarray(names)
    .chain((some) => fc.tuple(...some.map((name) => fc.record({ name: fc.constant(name), generation })))),
  networkPolicies: fc.uniqueArray(networkPolicy, { ...byName, maxLength: 3 }),
  dataPolicies: fc.uniqueArray(dataPolicy, { ...byName, maxLength: 2 }),
});
