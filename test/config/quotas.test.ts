import type { CollectionEntry, GrantEntry, StackEntry } from "../../config";
import { crossProblems } from "../../config/cross-checks/all";
import { quotaWarnings } from "../../config/cross-checks/quotas";
import { leastProcessorMilliseconds } from "../support/processor-time";

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
  ...nothing,
  region,
  grants,
});

const nothing: StackEntry = {
  region: "eu-central-1",
  tags: {},
  endpoints: {},
  grants: [],
  collections: {},
  dataAccess: [],
  encryption: [],
  lifecycle: [],
  accept: [],
};

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

const collection = (access: CollectionEntry["access"]): CollectionEntry => ({
  exists: true,
  from: [],
  services: [],
  dashboards: false,
  access,
  retention: [],
});

const openTo = (principals: readonly string[]) => ({
  principals,
  permissions: [],
  indexes: ["*"],
  indexPermissions: ["aoss:ReadDocument"],
});

const withData = (count: number, principals: (index: number) => readonly string[]): StackEntry => ({
  ...stack([]),
  collections: Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`c-${index}`, collection([openTo(principals(index))])]),
  ),
});

test("data access to 3,000 collections is counted in no more than a second", () => {
  const many = withData(3000, (index) => [`arn:aws:iam::123456789012:role/team-${index % 700}`]);
  const count = () => expect(crossProblems({ search: many })).toEqual([]);
  expect(leastProcessorMilliseconds(2, count)).toBeLessThan(1000);
});

test("the same in two Regions is fine", () => {
  expect(crossProblems({ one: stack(first), two: stack(second, "eu-west-1") })).toEqual([]);
});

const keyArn = (index: number) =>
  `arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-${String(index).padStart(12, "0")}`;

// A name takes 46 bytes with its quotes, comma and "collection/": 10,240 bytes hold 220, so 800 take 4 or more.
test("keys that are few enough, but with more names than one policy of a key holds, are told at their list", () => {
  const keys = Array.from({ length: 148 }, (_, index) => ({
    collections: [`key-${index}`],
    kmsKey: keyArn(index),
  }));
  const names = Array.from({ length: 800 }, (_, index) => `a-long-name-${String(index).padStart(20, "0")}`);
  const encrypted = (collections: readonly string[]): StackEntry => ({
    ...nothing,
    encryption: [...keys, { collections }],
  });
  expect(crossProblems({ search: encrypted(names) })).toEqual([
    {
      path: ["stacks", "search", "encryption"],
      atKey: true,
      problem: expect.stringMatching(
        /^15[2-9] encryption policies in eu-central-1, those of stacks before included; AWS takes 150$/,
      ),
      remedy: "let collections share keys, a policy names one; or move some to another account or Region",
    },
  ]);
  expect(crossProblems({ search: encrypted(names.slice(0, 200)) })).toEqual([]);
});

// Each entry has principals and indexes of its own and takes about 2,000 bytes: 4 or 5 fit into a policy.
const unlikeAccess = (from: number, count: number): StackEntry => ({
  ...nothing,
  dataAccess: Array.from({ length: count }, (_, index) => ({
    principals: [`arn:aws:iam::123456789012:role/reader-${from + index}`],
    collections: [],
    collectionPermissions: [],
    indexes: Array.from({ length: 30 }, (_, number) => `c-${from + index}/${"i".repeat(48)}-${number}`),
    indexPermissions: ["aoss:ReadDocument"],
  })),
});

test("more data access policies than AWS takes, over the stacks of one account and Region, are told at the one too many", () => {
  expect(crossProblems({ one: unlikeAccess(0, 1500), two: unlikeAccess(1500, 1500) })).toEqual([
    {
      path: ["stacks", "two", "dataAccess"],
      atKey: true,
      problem: expect.stringMatching(
        /^[5-9][0-9]{2} data access policies in eu-central-1, those of stacks before included; AWS takes 500$/,
      ),
      remedy: "use prefixes instead of single names, or move some to another account or Region",
    },
  ]);
});

describe("nearing what AWS takes is warned of at the stack with which more than four fifths are used", () => {
  test("network policies, which are packed anew beyond it", () => {
    const most = { one: stack(first), two: stack(second.slice(0, 1200)) };
    expect(quotaWarnings(most)).toEqual([
      {
        path: ["stacks", "two", "grants"],
        atKey: true,
        problem: expect.stringMatching(
          /^4[0-9]{2} network policies in eu-central-1, those of stacks before included; AWS takes 500, and what needs more is packed anew, which replaces nearly all of them$/,
        ),
        remedy: "use prefixes instead of single collections, or move some to another account or Region",
      },
    ]);
    expect(quotaWarnings({ one: stack(first) })).toEqual([]);
  });

  test("encryption policies: 121 of 150, but not 120", () => {
    const keys = (count: number): StackEntry => ({
      ...nothing,
      encryption: Array.from({ length: count }, (_, index) => ({
        collections: [`key-${index}`],
        kmsKey: keyArn(index),
      })),
    });
    expect(quotaWarnings({ search: keys(120) })).toEqual([]);
    expect(quotaWarnings({ search: keys(121) }).map(({ problem }) => problem)).toEqual([
      "121 encryption policies in eu-central-1, those of stacks before included; AWS takes 150, and what needs more is refused",
    ]);
  });
});
