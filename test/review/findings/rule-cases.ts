import type { Plan } from "../../../terraform";
import { made, type Planned, planOf, read, unchanged } from "../change/plans";
import {
  access,
  accessPolicy,
  account,
  apps,
  appsId,
  batch,
  collection,
  encryptionPolicy,
  endpoint,
  group,
  groupId,
  ingress,
  network,
  networkPolicy,
  orders,
  otherVpcId,
  outsideId,
  role,
  rule,
  securityGroup,
  vpcId,
} from "../change/resources";

/** Two plans that differ in one thing: with it the rule finds something, without it nothing. */
export interface RuleCase {
  readonly id: string;
  readonly what: string;
  readonly found: Plan;
  readonly passes: Plan;
  readonly message: string;
  readonly address?: string;
  readonly severity?: string;
}

const grantToApps = networkPolicy("orders", { collections: ["orders"], SourceVPCEs: [appsId] });
const base = { [apps]: endpoint(appsId), [network]: grantToApps };

/** The plan of a network in which one endpoint reaches one collection, with other resources or another state of them. */
const staying = (others: Parameters<typeof unchanged>[0]) => planOf(unchanged({ ...base, ...others }));

const policyOf = (values: Parameters<typeof networkPolicy>[1]) =>
  staying({ [network]: networkPolicy("orders", values) });

const rest = "aws_opensearchserverless_security_policy.rest";

/** A policy about orders with a block as it stands here. */
const unreadPolicy = (block: object) => ({
  ...networkPolicy("rest", {}),
  policy: JSON.stringify([
    {
      AllowFromPublic: false,
      Rules: [{ ResourceType: "collection", Resource: ["collection/orders"] }],
      ...block,
    },
  ]),
});

export const ruleCases: readonly RuleCase[] = [
  {
    id: "public-access",
    what: "a collection that is open to the public",
    found: policyOf({ collections: ["orders"], AllowFromPublic: true }),
    passes: policyOf({ collections: ["orders"], SourceVPCEs: [appsId] }),
    address: network,
    severity: "error",
    message: "network policy orders opens collections orders to everybody on the internet",
  },
  {
    id: "public-access",
    what: "dashboards that are open to the public",
    found: staying({
      [rest]: networkPolicy("rest", { dashboards: ["orders"], AllowFromPublic: true }),
    }),
    passes: staying({
      [rest]: networkPolicy("rest", { dashboards: ["orders"], SourceVPCEs: [appsId] }),
    }),
    address: rest,
    message: "network policy rest opens dashboards of orders to everybody on the internet",
  },
  {
    id: "policy-not-read",
    what: "a policy with a key that nobody knows, public all the same",
    found: staying({ [rest]: unreadPolicy({ AllowFromPublic: true, Other: 1 }) }),
    passes: staying({ [rest]: unreadPolicy({ AllowFromPublic: true }) }),
    address: rest,
    severity: "error",
    message: 'network policy rest is not read, and lets in the public: [0].Other: a block has no key "Other"',
  },
  {
    id: "policy-not-read",
    what: "a policy whose services stand under a key that nobody knows",
    found: staying({ [rest]: unreadPolicy({ SourceServices: ["bedrock.amazonaws.com"], Other: 1 }) }),
    passes: staying({ [rest]: unreadPolicy({ SourceServices: ["bedrock.amazonaws.com"] }) }),
    address: rest,
    severity: "warning",
    message: 'network policy rest is not read: [0].Other: a block has no key "Other"',
  },
  {
    id: "policy-not-read",
    what: "a policy that is sensitive as a whole, but not one that the apply tells",
    found: planOf([{ address: network, after: grantToApps, sensitive: { policy: true } }]),
    passes: planOf([
      { address: network, after: { ...grantToApps, policy: undefined }, unknown: { policy: true } },
    ]),
    address: network,
    severity: "warning",
    message: "network policy orders is not read: it is marked as sensitive",
  },
  {
    id: "source-anywhere",
    what: "a rule that lets in every IPv4 address",
    found: staying({ [group]: securityGroup(groupId), [rule]: ingress("0.0.0.0/0") }),
    passes: staying({ [group]: securityGroup(groupId), [rule]: ingress("10.20.0.0/16") }),
    address: rule,
    severity: "warning",
    message: "0.0.0.0/0 may open connections to endpoint apps",
  },
  {
    id: "source-anywhere",
    what: "two halves that are every IPv4 address together",
    found: staying({
      [group]: securityGroup(groupId),
      [rule]: ingress("0.0.0.0/1"),
      "aws_vpc_security_group_ingress_rule.other": ingress("128.0.0.0/1"),
    }),
    passes: staying({
      [group]: securityGroup(groupId),
      [rule]: ingress("0.0.0.0/1"),
      "aws_vpc_security_group_ingress_rule.other": ingress("128.0.0.0/2"),
    }),
    address: rule,
    message: "0.0.0.0/1 and 128.0.0.0/1 together are 0.0.0.0/0, which may open connections to endpoint apps",
  },
  {
    id: "source-anywhere",
    what: "a group with a rule of its own for every IPv6 address",
    found: staying({
      [group]: securityGroup(groupId, {
        ingress: [{ protocol: "tcp", from_port: 443, to_port: 443, ipv6_cidr_blocks: ["::/0"] }],
      }),
    }),
    passes: staying({
      [group]: securityGroup(groupId, {
        ingress: [{ protocol: "tcp", from_port: 8443, to_port: 8443, ipv6_cidr_blocks: ["::/0"] }],
      }),
    }),
    address: group,
    message: "::/0 may open connections to endpoint apps",
  },
  {
    id: "source-wider-than-vpc",
    what: "a block that holds the VPC's and more",
    found: inVpc("10.20.0.0/15"),
    passes: inVpc("10.20.0.0/16"),
    address: rule,
    severity: "warning",
    message: "endpoint apps lets in 10.20.0.0/15, which is wider than its VPC, 10.20.0.0/16",
  },
  {
    id: "source-wider-than-vpc",
    what: "a block that is wider than any VPC, where the VPC's are not known",
    found: staying({ [group]: securityGroup(groupId), [rule]: ingress("10.0.0.0/15") }),
    passes: staying({ [group]: securityGroup(groupId), [rule]: ingress("10.0.0.0/16") }),
    address: rule,
    message: "endpoint apps lets in 10.0.0.0/15, which is wider than a VPC can be (/16)",
  },
  {
    id: "endpoint-replaced",
    what: "another name",
    found: planOf([
      {
        address: apps,
        before: endpoint(appsId),
        after: endpoint(undefined, { name: "applications" }),
        actions: ["delete", "create"],
        replacedFor: ["name"],
        unknown: { id: true },
      },
      ...unchanged({ [network]: grantToApps }),
    ]),
    passes: planOf([
      {
        address: apps,
        before: endpoint(appsId),
        after: endpoint(appsId, { subnet_ids: ["subnet-0a1b2c3d4e5f60712", "subnet-0a1b2c3d4e5f60713"] }),
      },
      ...unchanged({ [network]: grantToApps }),
    ]),
    address: apps,
    severity: "error",
    message: `endpoint apps is replaced because its name changes: ${vpcId} does not reach orders meanwhile`,
  },
  {
    id: "endpoint-deleted",
    what: "an endpoint that goes",
    found: planOf([{ address: apps, before: endpoint(appsId) }, ...unchanged({ [network]: grantToApps })]),
    passes: planOf(unchanged(base)),
    address: apps,
    severity: "error",
    message: `endpoint apps is deleted: ${vpcId} no longer reaches orders through it`,
  },
  {
    id: "endpoint-deleted",
    what: "an endpoint that opens nothing and goes",
    found: planOf([
      { address: batch, before: endpoint("vpce-0bbbbbbbbbbbbbbbb", { name: "batch", vpc_id: otherVpcId }) },
      ...unchanged(base),
    ]),
    passes: planOf(
      unchanged({
        ...base,
        [batch]: endpoint("vpce-0bbbbbbbbbbbbbbbb", { name: "batch", vpc_id: otherVpcId }),
      }),
    ),
    address: batch,
    severity: "warning",
    message: "endpoint batch is deleted: no network policy that is known here names it",
  },
  {
    id: "endpoint-deleted",
    what: "an endpoint that changes its address without a moved block",
    found: planOf([
      { address: apps, before: endpoint(appsId) },
      { address: batch, after: endpoint(undefined), unknown: { id: true } },
      ...unchanged({ [network]: grantToApps }),
    ]),
    passes: planOf([
      { address: batch, movedFrom: apps, before: endpoint(appsId), after: endpoint(appsId) },
      ...unchanged({ [network]: grantToApps }),
    ]),
    address: apps,
    message: `endpoint apps is deleted and ${batch} made in its VPC: ${vpcId} does not reach orders meanwhile`,
  },
  {
    id: "grant-names-unknown-endpoint",
    what: "the id of an endpoint that the plan does not know",
    found: policyOf({ collections: ["orders"], SourceVPCEs: [appsId, outsideId] }),
    passes: policyOf({ collections: ["orders"], SourceVPCEs: [appsId] }),
    address: network,
    severity: "note",
    message: `network policy orders names ${outsideId}, of another stack or account or of nobody`,
  },
  {
    id: "grant-names-unknown-endpoint",
    what: "the id of an endpoint that the plan deletes",
    found: planOf([{ address: apps, before: endpoint(appsId) }, ...unchanged({ [network]: grantToApps })]),
    passes: planOf([
      { address: apps, before: endpoint(appsId) },
      { address: network, before: grantToApps },
    ]),
    address: network,
    severity: "warning",
    message: `network policy orders names ${appsId}, which this plan deletes`,
  },
  {
    id: "collection-without-policy",
    what: "a collection with a name that no policy covers",
    found: staying({ [orders]: collection("invoices") }),
    passes: staying({ [orders]: collection("orders") }),
    address: orders,
    severity: "warning",
    message: "collection invoices: no network policy that is known here covers it, so nobody reaches it",
  },
  {
    id: "last-path-destroyed",
    what: "the only grant to a collection that stays",
    found: planOf([
      { address: network, before: grantToApps },
      ...unchanged({ [apps]: endpoint(appsId), [orders]: collection("orders") }),
    ]),
    passes: planOf([
      { address: network, before: grantToApps },
      { address: orders, before: collection("orders") },
      ...unchanged({ [apps]: endpoint(appsId) }),
    ]),
    address: orders,
    severity: "error",
    message: "collection orders stays, and nobody reaches it any more",
  },
  {
    id: "last-path-destroyed",
    what: "the last grant to a collection that is kept elsewhere",
    found: planOf([...unchanged({ [apps]: endpoint(appsId) }), { address: network, before: grantToApps }]),
    passes: planOf([
      ...unchanged({
        [apps]: endpoint(appsId),
        [rest]: networkPolicy("rest", { collections: ["ord*"], SourceVPCEs: [appsId] }),
      }),
      { address: network, before: grantToApps },
    ]),
    address: network,
    severity: "warning",
    message: "nobody reaches collection orders any more, as far as is known here; it is kept elsewhere",
  },
  {
    id: "policy-grants-nothing",
    what: "dashboards without their collection",
    found: policyOf({ dashboards: ["orders"], SourceVPCEs: [appsId] }),
    passes: policyOf({ dashboards: ["orders"], collections: ["orders"], SourceVPCEs: [appsId] }),
    address: network,
    severity: "warning",
    message: "network policy orders opens nothing to anybody",
  },
  {
    id: "policy-grants-nothing",
    what: "an endpoint for NEXTGEN collections and a Classic collection",
    found: forCollection("nextgen-endpoint", "classic"),
    passes: forCollection("nextgen-endpoint", "nextgen"),
    address: network,
    message: "network policy orders opens nothing to anybody",
  },
  {
    id: "policy-grants-nothing",
    what: "data access for a principal of another account",
    found: dataAccess(["arn:aws:iam::210987654321:role/reader"], ["aoss:ReadDocument"]),
    passes: dataAccess([`arn:aws:iam::${account}:role/reader`], ["aoss:ReadDocument"]),
    address: access,
    message: "data access policy orders names principals of other accounts alone, which AWS does not let in",
  },
  {
    id: "endpoint-without-sources",
    what: "an endpoint whose one security group has no rule",
    found: staying({ [group]: securityGroup(groupId) }),
    passes: staying({ [group]: securityGroup(groupId), [rule]: ingress("10.20.0.0/16") }),
    address: apps,
    severity: "warning",
    message: "endpoint apps: its security groups let nobody in on TCP port 443",
  },
  {
    id: "endpoint-without-sources",
    what: "a rule for another port alone",
    found: staying({
      [group]: securityGroup(groupId),
      [rule]: ingress("10.20.0.0/16", { from_port: 80, to_port: 80 }),
    }),
    passes: staying({
      [group]: securityGroup(groupId),
      [rule]: ingress("10.20.0.0/16", { from_port: 80, to_port: 443 }),
    }),
    address: apps,
    message: "endpoint apps: its security groups let nobody in on TCP port 443",
  },
  {
    id: "encryption-patterns-overlap",
    what: "a pattern that holds another policy's",
    found: encrypted(["orders-*"], ["*"]),
    passes: encrypted(["orders-*"], ["logs-*"]),
    address: rest,
    severity: "warning",
    message: "encryption policies orders (orders-*) and rest (*) cover the same names",
  },
  {
    id: "encryption-patterns-overlap",
    what: "the same pattern in two policies",
    found: encrypted(["orders"], ["invoices", "orders"]),
    passes: encrypted(["orders"], ["invoices", "orders2"]),
    address: rest,
    severity: "error",
    message: "encryption policies orders and rest both have the pattern orders, which AWS refuses",
  },
  {
    id: "single-subnet",
    what: "one subnet",
    found: staying({ [apps]: endpoint(appsId, { subnet_ids: ["subnet-0a1b2c3d4e5f60711"] }) }),
    passes: staying({
      [apps]: endpoint(appsId, { subnet_ids: ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"] }),
    }),
    address: apps,
    severity: "warning",
    message: "endpoint apps has one subnet, subnet-0a1b2c3d4e5f60711",
  },
  {
    id: "data-access-too-wide",
    what: "the permission to do everything",
    found: dataAccess([role("reader")], ["aoss:*"]),
    passes: dataAccess([role("reader")], ["aoss:ReadDocument"]),
    address: access,
    severity: "warning",
    message: "data access policy orders permits aoss:* on index/orders/*",
  },
  {
    id: "data-access-too-wide",
    what: "a whole account as principal",
    found: dataAccess([`arn:aws:iam::${account}:root`], ["aoss:ReadDocument"]),
    passes: dataAccess([role("root")], ["aoss:ReadDocument"]),
    address: access,
    message: `data access policy orders names a whole account, arn:aws:iam::${account}:root`,
  },
  {
    id: "quota-use",
    // 150 encryption policies: four fifths are 120
    what: "121 of 150 encryption policies",
    found: manyPolicies(121),
    passes: manyPolicies(120),
    severity: "warning",
    message: "121 of 150 encryption policies per account and Region",
  },
  {
    id: "quota-use",
    what: "more encryption policies than AWS takes",
    found: manyPolicies(151),
    passes: manyPolicies(120),
    severity: "error",
    message: "151 of 150 encryption policies per account and Region",
  },
  {
    id: "quota-use",
    // 60 inbound rules: four fifths are 48
    what: "49 of the 60 rules that a security group takes",
    found: manyRules(49),
    passes: manyRules(48),
    address: group,
    severity: "warning",
    message: "49 of 60 inbound rules per security group and IP family: apps-endpoint",
  },
  {
    id: "policy-size",
    // four fifths of 10,240 bytes are 8,192
    what: "8,193 bytes",
    found: ofBytes(8_193),
    passes: ofBytes(8_192),
    address: network,
    severity: "warning",
    message: "policy orders takes 8,193 of 10,240 bytes",
  },
  {
    id: "policy-size",
    what: "more bytes than AWS takes",
    found: ofBytes(10_241),
    passes: ofBytes(8_192),
    address: network,
    severity: "error",
    message: "policy orders takes 10,241 of 10,240 bytes",
  },
  {
    id: "policy-edited-by-another-writer",
    what: "a policy that a pipeline wrote into, and that the plan sets back",
    found: edited([appsId]),
    passes: edited([appsId, outsideId]),
    address: network,
    severity: "warning",
    message: "policy orders was changed by somebody else, and the plan sets it back",
  },
];

function inVpc(cidr: string): Plan {
  const vpc = read("data.aws_vpc.main", { id: vpcId, cidr_block: "10.20.0.0/16" });
  return planOf(unchanged({ ...base, [group]: securityGroup(groupId), [rule]: ingress(cidr) }), [vpc]);
}

function forCollection(_: "nextgen-endpoint", generation: "classic" | "nextgen"): Plan {
  const service = { service_name: "com.amazonaws.eu-central-1.aoss-data" };
  return planOf(
    unchanged({
      "aws_vpc_endpoint.apps": endpoint(appsId, service),
      [network]: grantToApps,
      [orders]: collection("orders", { collection_group_name: "search" }),
      "aws_opensearchserverless_collection_group.search": {
        id: "g1",
        name: "search",
        generation: generation.toUpperCase(),
      },
    }),
  );
}

function dataAccess(principals: readonly string[], permissions: readonly string[]): Plan {
  return staying({
    [orders]: collection("orders"),
    [access]: accessPolicy("orders", principals, permissions),
  });
}

function encrypted(first: readonly string[], second: readonly string[]): Plan {
  const named = (name: string) => `aws_opensearchserverless_security_policy.${name}`;
  return planOf(
    unchanged({
      [named("orders")]: encryptionPolicy("orders", first),
      [rest]: encryptionPolicy("rest", second),
    }),
  );
}

function manyPolicies(count: number): Plan {
  const policies = Array.from({ length: count }, (_, index): Planned => {
    const address = `aws_opensearchserverless_security_policy.keys[${index}]`;
    return { address, after: encryptionPolicy(`keys-${index}`, [`c${index}c`]) };
  });
  return planOf(policies);
}

function manyRules(count: number): Plan {
  const rules = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `aws_vpc_security_group_ingress_rule.apps[${index}]`,
      ingress(`10.20.${index}.0/24`, { id: undefined }),
    ]),
  );
  return planOf(made({ [group]: securityGroup(groupId), ...rules }));
}

/** A network policy of so many bytes, by a description as long as it takes. */
function ofBytes(bytes: number): Plan {
  const policy = (Description: string) =>
    networkPolicy("orders", { collections: ["orders"], SourceVPCEs: [appsId], Description });
  const empty = Buffer.byteLength(policy("")["policy"] as string);
  return staying({ [network]: policy("d".repeat(bytes - empty)) });
}

/** A pipeline put its endpoint into the policy; `wanted` is what the configuration says now. */
function edited(wanted: readonly string[]): Plan {
  const policy = (ids: readonly string[]) =>
    networkPolicy("orders", { collections: ["orders"], SourceVPCEs: ids });
  return planOf([
    {
      address: network,
      recorded: policy([appsId]),
      before: policy([appsId, outsideId]),
      after: policy(wanted),
    },
    ...unchanged({ [apps]: endpoint(appsId) }),
  ]);
}
