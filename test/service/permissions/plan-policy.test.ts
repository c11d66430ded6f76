import { defaultWorld, type Identity, identityFromPolicy } from "../../../sandbox";
import type { Call } from "../../../sandbox/call";
import { isReadName } from "../../../sandbox/protocol/service";
import { services } from "../../../sandbox/services";
import { regionOf, seed } from "../../../sandbox/world/seed";
import { worldSchema } from "../../../sandbox/world/world";
import { allFeatures, permissionPolicies } from "../../../service";
import { referenceOf } from "./authorization-reference";
import { scopes } from "./scopes";

const account = "123456789012";

const accountState = seed(worldSchema.parse(defaultWorld), "sandbox").accounts.get(account);
if (!accountState) throw new Error("the default world has this account");
const call: Call = {
  account,
  region: "eu-central-1",
  now: Date.parse("2026-11-24T12:00:00Z"),
  openWorld: true,
  state: regionOf(accountState, "eu-central-1"),
  accountState,
  duration: () => 0,
  forward: () => {},
};

/** Everything that the sandbox serves of these services and that changes something. */
const writes = ["aoss", "ec2", "route53", "kms", "iam"].flatMap((service) =>
  (services[service]?.operations ?? [])
    .filter((operation) => !isReadName(operation))
    .map((operation) => `${service}:${operation}`),
);

/** What the action may be about: anything, and one of each type of its resources. */
async function resourcesOf(action: string): Promise<readonly string[]> {
  const values: Readonly<Record<string, string>> = {
    "${Partition}": "aws",
    "${Region}": call.region,
    "${Account}": account,
  };
  const types = (await referenceOf(action))?.resourceTypes ?? [];
  return [
    "*",
    ...types.map(({ arn }) => arn.replaceAll(/\$\{\w+\}/g, (name) => values[name] ?? "0123456789abcdef0")),
  ];
}

function isAllowed(identity: Identity, action: string, resource: string): boolean {
  try {
    identity.require(action, [resource], call, action.slice(0, action.indexOf(":")), {});
    return true;
  } catch {
    return false;
  }
}

const readers = scopes.flatMap(([name, scope]) =>
  (["plan", "adopt"] as const).flatMap((variant) => {
    const policies = permissionPolicies(variant, scope).map(({ document }) => document);
    // A key alone is nothing that could be read.
    if (policies.length === 0) return [];
    return [{ name: `${variant}, ${name}`, identity: identityFromPolicy(policies, account) }];
  }),
);

test.each(writes)("with no `plan` or `adopt` policies anybody may %s", async (action) => {
  const resources = await resourcesOf(action);
  const allowing = readers.filter(({ identity }) =>
    resources.some((resource) => isAllowed(identity, action, resource)),
  );
  expect(allowing.map(({ name }) => name)).toEqual([]);
});

test("what the features write is among what was asked", async () => {
  const scope = { regions: ["eu-central-1"], features: allFeatures };
  const statements = permissionPolicies("deploy", scope).flatMap(({ document }) => document.Statement);
  const actions = [...new Set(statements.flatMap(({ Action }) => Action))];
  const written = await Promise.all(
    actions.map(async (action) => ((await referenceOf(action))?.isRead ? [] : [action])),
  );
  // Joining a group is part of CreateCollection, and no operation of its own.
  const asked = [...writes, "aoss:AddCollectionToCollectionGroup"];
  expect(written.flat().length).toBeGreaterThan(30);
  expect(written.flat().filter((action) => !asked.includes(action))).toEqual([]);
});

describe("of all features", () => {
  const scope = { account, regions: ["eu-central-1"], features: allFeatures };
  const [planner, adopter] = (["plan", "adopt"] as const).map((variant) =>
    identityFromPolicy(
      permissionPolicies(variant, scope).map(({ document }) => document),
      account,
    ),
  ) as [Identity, Identity];

  test.each(["aoss:BatchGetVpcEndpoint", "aoss:GetSecurityPolicy", "ec2:DescribeVpcEndpoints"])(
    "with either policies somebody may %s",
    (action) => {
      expect([planner, adopter].map((identity) => isAllowed(identity, action, "*"))).toEqual([true, true]);
    },
  );

  test.each([
    "aoss:ListVpcEndpoints",
    "aoss:ListCollections",
    "aoss:ListSecurityPolicies",
    "aoss:ListAccessPolicies",
    "aoss:ListLifecyclePolicies",
  ])("%s takes those to adopt", (action) => {
    expect([planner, adopter].map((identity) => isAllowed(identity, action, "*"))).toEqual([false, true]);
  });
});
