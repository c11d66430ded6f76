import type { GrantEntry, StackEntry } from "../../config";
import { crossProblems } from "../../config/cross-checks/all";

const endpointIds = Array.from({ length: 45 }, (_, index) => `vpce-${String(index).padStart(17, "0")}`);

/** 30 of the 45 endpoints, another choice for each number. */
function someEndpoints(seed: number): string[] {
  let state = seed + 1;
  const ranked = endpointIds.map((id) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return [state, id] as const;
  });
  return ranked
    .sort(([a], [b]) => a - b)
    .slice(0, 30)
    .map(([, id]) => id);
}

/** Grants that have nothing in common: each of one collection with a long name, to endpoints of its own choice. */
function unlikeGrants(from: number, count: number): GrantEntry[] {
  return Array.from({ length: count }, (_, index) => ({
    collections: [`collection-with-a-name-as-long-as-names-may-be-${String(from + index).padStart(16, "0")}`],
    dashboards: false,
    from: someEndpoints(from + index),
    services: [],
  }));
}

const stack = (grants: readonly GrantEntry[], region = "eu-central-1"): StackEntry => ({
  region,
  tags: {},
  endpoints: {},
  grants,
  collections: {},
  dataAccess: [],
  encryption: [],
  lifecycle: [],
  accept: [],
});

// A block takes 30 ids of 25 bytes and about 150 more: 10 fit into a policy, and 3,000 take about 300 policies.
const [first, second] = [unlikeGrants(0, 3000), unlikeGrants(3000, 3000)];

test("more network policies than AWS takes, over the stacks of one account and Region, are told at the one too many", () => {
  const problems = crossProblems({ one: stack(first), two: stack(second), small: stack(first.slice(0, 1)) });
  expect(problems).toEqual([
    {
      path: ["stacks", "two", "grants"],
      atKey: true,
      problem: expect.stringMatching(
        /^(5[0-9]{2}|6[0-9]{2}) network policies in eu-central-1, those of stacks before included; AWS takes 500$/,
      ),
      remedy: "use prefixes instead of single collections, or move some to another account or Region",
    },
  ]);
});

test("the same in two Regions is fine", () => {
  expect(crossProblems({ one: stack(first), two: stack(second, "eu-west-1") })).toEqual([]);
});
