import type { Action, Plan, ResourceChange, StateResource, Values } from "../terraform";

const region = "eu-central-1";
const account = "123456789012";
/** What one group of resources below comes to: a policy, a data access policy, rules and collections. */
const perGroup = 10;
const endpoints = 50;

/**
 * A plan of `changes` resource changes as large stacks have them: up to 50 endpoints with their groups, and for each
 * ten further changes one network policy, one data access policy, two rules and six collections. Of ten groups one is
 * widened, one made and one deleted; the first endpoint is replaced.
 */
export function bigPlan(changes: number): Plan {
  const planned: ResourceChange[] = [];
  const count = Math.min(endpoints, Math.max(1, Math.floor(changes / 40)));
  for (let index = 0; index < count; index += 1) {
    const values = {
      id: vpce(index),
      name: `endpoint-${index}`,
      vpc_id: `vpc-${hex(index)}`,
      subnet_ids: [`subnet-${hex(2 * index)}`, `subnet-${hex(2 * index + 1)}`],
      security_group_ids: [`sg-${hex(index)}`],
    };
    const address = `aws_opensearchserverless_vpc_endpoint.this["${index}"]`;
    const after = index === 0 ? { ...values, id: undefined, name: "renamed" } : values;
    planned.push(
      change(
        address,
        values,
        after,
        index === 0 ? ["delete", "create"] : ["no-op"],
        index === 0 ? { id: true } : {},
      ),
    );
    const group = {
      id: `sg-${hex(index)}`,
      name: `endpoint-${index}`,
      vpc_id: `vpc-${hex(index)}`,
      ingress: [],
    };
    planned.push(change(`aws_security_group.this["${index}"]`, group, group, ["no-op"]));
  }
  for (let group = 0; planned.length + perGroup <= changes; group += 1)
    planned.push(...groupOf(group, count));
  for (let index = 0; planned.length < changes; index += 1) planned.push(ruleOf(1_000_000 + index, count));
  const resources = (side: "before" | "after") =>
    planned.flatMap(({ change: { before, after }, ...place }): StateResource[] => {
      const values = side === "before" ? before : after;
      return values === null ? [] : [{ ...place, values: values as Values, sensitive_values: {} }];
    });
  return {
    format_version: "1.2",
    planned_values: { root_module: { resources: resources("after") } },
    prior_state: { values: { root_module: { resources: resources("before") } } },
    resource_changes: planned,
    resource_drift: [],
    output_changes: {},
  };
}

function groupOf(group: number, count: number): ResourceChange[] {
  const kind = group % 10;
  const names = Array.from({ length: 6 }, (_, index) => `team-${group}-${index}`);
  const ids = [1, 7, 13].map((step) => vpce(1 + ((group * step) % Math.max(1, count - 1))));
  const both = (address: string, values: Values, widened = values): ResourceChange =>
    kind === 1
      ? change(address, null, values, ["create"])
      : kind === 2
        ? change(address, values, null, ["delete"])
        : change(address, values, widened, [widened === values ? "no-op" : "update"]);
  const network = networkPolicy(group, names, ids);
  return [
    both(
      `aws_opensearchserverless_security_policy.network["${group}"]`,
      network,
      kind === 0 ? networkPolicy(group, [...names, `more-${group}-*`], ids) : network,
    ),
    both(`aws_opensearchserverless_access_policy.data["${group}"]`, dataPolicy(group, names)),
    ...names.map((name) => both(`aws_opensearchserverless_collection.this["${name}"]`, collection(name))),
    ruleOf(2 * group, count),
    ruleOf(2 * group + 1, count),
  ];
}

function ruleOf(index: number, count: number): ResourceChange {
  const values = {
    id: `sgr-${hex(index)}`,
    security_group_id: `sg-${hex(index % count)}`,
    cidr_ipv4: `10.${(index >> 8) & 255}.${index & 255}.0/24`,
    ip_protocol: "tcp",
    from_port: 443,
    to_port: 443,
  };
  const address = `aws_vpc_security_group_ingress_rule.this["${index}"]`;
  return index % 20 === 3
    ? change(address, null, values, ["create"])
    : change(address, values, values, ["no-op"]);
}

const networkPolicy = (group: number, names: readonly string[], ids: readonly string[]): Values => ({
  id: `network-${group}`,
  name: `network-${group}`,
  type: "network",
  policy: JSON.stringify([
    {
      AllowFromPublic: false,
      Rules: ["collection", "dashboard"].map((ResourceType) => ({
        ResourceType,
        Resource: names.map((name) => `collection/${name}`),
      })),
      SourceVPCEs: [...new Set(ids)],
    },
  ]),
});

const dataPolicy = (group: number, names: readonly string[]): Values => ({
  id: `data-${group}`,
  name: `data-${group}`,
  type: "data",
  policy: JSON.stringify([
    {
      Principal: [`arn:aws:iam::${account}:role/team-${group}`],
      Rules: [
        {
          ResourceType: "index",
          Resource: names.map((name) => `index/${name}/*`),
          Permission: ["aoss:ReadDocument", "aoss:WriteDocument"],
        },
      ],
    },
  ]),
});

const collection = (name: string): Values => ({
  id: name,
  arn: `arn:aws:aoss:${region}:${account}:collection/${name}`,
  name,
  type: "SEARCH",
});

function change(
  address: string,
  before: Values | null,
  after: Values | null,
  actions: readonly Action[],
  unknown: Values = {},
): ResourceChange {
  const [, type = "", name = "", index = ""] = /^(\w+)\.(\w+)\["(.*)"\]$/.exec(address) ?? [];
  const provider_name = "registry.terraform.io/hashicorp/aws";
  const plain = after && (JSON.parse(JSON.stringify(after)) as Values);
  return {
    ...{ address, mode: "managed", type, name, index, provider_name },
    change: {
      actions,
      before,
      after: plain,
      after_unknown: unknown,
      before_sensitive: {},
      after_sensitive: {},
    },
  };
}

const hex = (value: number) => value.toString(16).padStart(17, "0");
const vpce = (index: number) => `vpce-${hex(index)}`;
