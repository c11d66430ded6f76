/** What a resource of a plan is before and after; undefined where it is not there. */
export interface PlannedResource {
  readonly type: string;
  readonly name: string;
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

/** A plan by hand, in the form of `terraform show -json`. */
export function planJson(resources: readonly PlannedResource[], parts: object = {}) {
  const values = (side: "before" | "after") => ({
    root_module: {
      resources: resources.flatMap((one) => {
        const own = one[side];
        return own ? [{ ...placed(one), values: own, sensitive_values: {} }] : [];
      }),
    },
  });
  return {
    format_version: "1.2",
    terraform_version: "1.9.8",
    timestamp: "2026-05-01T10:20:30Z",
    planned_values: values("after"),
    prior_state: { format_version: "1.0", values: values("before") },
    resource_changes: resources.map((one) => ({
      ...placed(one),
      change: {
        actions: !one.before ? ["create"] : !one.after ? ["delete"] : ["update"],
        before: one.before ?? null,
        after: one.after ?? null,
        after_unknown: {},
        before_sensitive: {},
        after_sensitive: {},
      },
    })),
    configuration: { root_module: { resources: resources.map(placed) } },
    ...parts,
  };
}

function placed({ type, name }: PlannedResource) {
  return {
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    provider_name: "registry.terraform.io/hashicorp/aws",
  };
}

export const vpce = "vpce-0a1b2c3d4e5f60701";
const block = (collections: readonly string[], opened: object) => ({
  Rules: [{ ResourceType: "collection", Resource: collections.map((name) => `collection/${name}`) }],
  ...opened,
});

export const toEverybody = (...collections: readonly string[]) =>
  policy("site", block(collections, { AllowFromPublic: true }));
export const toEndpoint = (...collections: readonly string[]) =>
  policy("site", block(collections, { AllowFromPublic: false, SourceVPCEs: [vpce] }));

function policy(name: string, document: object) {
  return { name, type: "network", description: null, id: name, policy: JSON.stringify([document]) };
}

const type = "aws_opensearchserverless_security_policy";
const own = { id: vpce, name: "apps", vpc_id: "vpc-0a1b2c3d4e5f60718" };
const subnet_ids = ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"];
const endpoint = { ...own, subnet_ids, security_group_ids: ["sg-0a1b2c3d4e5f60713"] };

/** The endpoint that is there and stays, and a policy that the plan changes. */
export const policyChanges = (before: object | undefined, after: object | undefined): PlannedResource[] => [
  { type: "aws_opensearchserverless_vpc_endpoint", name: "apps", before: endpoint, after: endpoint },
  {
    type,
    name: "site",
    ...(before === undefined ? {} : { before: before as Record<string, unknown> }),
    ...(after === undefined ? {} : { after: after as Record<string, unknown> }),
  },
];

/** A collection goes public. */
export const publicPlan = () => planJson(policyChanges(toEndpoint("orders"), toEverybody("orders")));

/** One endpoint gains a collection, and nothing is to be found. */
export const quietPlan = () => planJson(policyChanges(toEndpoint("orders"), toEndpoint("orders", "logs-a")));
