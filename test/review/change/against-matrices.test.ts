import fc from "fast-check";
import { changeOfPlan } from "../../../review";
import type { NetworkPolicyBlock } from "../../../service";
import { lines } from "./lines";
import { type Planned, planOf, unchanged } from "./plans";
import { appsId, batchId, collection, endpoint, outsideId } from "./resources";

/** Collections that are there before and after, so that the matrix of each side has them all. */
const names = ["orders", "orders-2", "orders-2026", "logs-a", "logs-b"];
const there = {
  "aws_opensearchserverless_vpc_endpoint.apps": endpoint(appsId),
  "aws_opensearchserverless_vpc_endpoint.batch": endpoint(batchId, { name: "batch" }),
  ...Object.fromEntries(
    names.map((name) => [`aws_opensearchserverless_collection.${name}`, collection(name)]),
  ),
};

const pattern = fc.constantFrom(...names, "orders*", "orders-2*", "logs-*", "*");
const resources = fc
  .uniqueArray(pattern, { minLength: 1, maxLength: 3 })
  .map((all) => all.map((one) => `collection/${one}`));
const rules = fc.array(
  fc.record({
    ResourceType: fc.constantFrom("collection" as const, "dashboard" as const),
    Resource: resources,
  }),
  { minLength: 1, maxLength: 2 },
);
const block: fc.Arbitrary<NetworkPolicyBlock> = fc.oneof(
  { weight: 1, arbitrary: rules.map((Rules) => ({ AllowFromPublic: true, Rules })) },
  {
    weight: 6,
    arbitrary: fc.record({
      AllowFromPublic: fc.constant(false),
      Rules: rules,
      SourceVPCEs: fc.uniqueArray(fc.constantFrom(appsId, batchId, outsideId), {
        minLength: 1,
        maxLength: 3,
      }),
      SourceServices: fc.constantFrom([], ["bedrock.amazonaws.com"]),
    }),
  },
);
const policy = fc.option(fc.array(block, { minLength: 1, maxLength: 3 }), { nil: undefined });

function planned(name: string, before: unknown, after: unknown): Planned[] {
  const values = (document: unknown) => ({
    id: name,
    name,
    type: "network",
    policy: JSON.stringify(document),
  });
  if (before === undefined && after === undefined) return [];
  return [
    {
      address: `aws_opensearchserverless_security_policy.${name}`,
      ...(before === undefined ? {} : { before: values(before) }),
      ...(after === undefined ? {} : { after: values(after) }),
    },
  ];
}

type Change = ReturnType<typeof changeOfPlan>;
type ScopeChange = Change["scopes"][number];

/** All that a matrix says of the known collections, one line each. */
function inMatrix({ groups }: ScopeChange["matrixBefore"]): Set<string> {
  const found = new Set<string>();
  for (const group of groups.filter(({ known }) => known)) {
    for (const kind of ["collection", "dashboard"] as const) {
      const { public: isPublic, endpoints, services } = group[kind];
      for (const who of [...(isPublic ? ["public"] : []), ...endpoints, ...services]) {
        for (const name of group.collections) found.add(`${who} ${kind} ${name}`);
      }
    }
  }
  return found;
}

function inPaths(paths: Change["gained"]): Set<string> {
  const id = (who: Change["gained"][number]["who"]) =>
    who.kind === "endpoint" ? who.id : who.kind === "service" ? who.service : who.kind;
  const told = paths.flatMap(({ who, kind, collections }) =>
    collections.map((name) => `${id(who)} ${kind} ${name}`),
  );
  return new Set(told.filter((line) => names.includes(line.split(" ")[2] ?? "")));
}

const without = (some: ReadonlySet<string>, others: ReadonlySet<string>) =>
  [...some].filter((one) => !others.has(one)).sort();

test("what is lost and gained is what the matrices before and after differ in", () => {
  fc.assert(
    fc.property(
      fc.tuple(policy, policy, policy, policy),
      ([firstBefore, firstAfter, secondBefore, secondAfter]) => {
        const change = changeOfPlan(
          planOf([
            ...unchanged(there),
            ...planned("first", firstBefore, firstAfter),
            ...planned("second", secondBefore, secondAfter),
          ]),
        );
        const [scope] = change.scopes as [ScopeChange];
        const [before, after] = [inMatrix(scope.matrixBefore), inMatrix(scope.matrixAfter)];
        expect([...inPaths(change.lost)].sort()).toEqual(without(before, after));
        // endpoints that come with the public are not told besides
        const news = without(after, before);
        const gained = inPaths(change.gained);
        expect(without(gained, new Set(news))).toEqual([]);
        for (const line of news.filter((one) => !gained.has(one))) {
          const [who = "", kind = "", name = ""] = line.split(" ");
          expect([who.startsWith("vpce-"), news.includes(`public ${kind} ${name}`)]).toEqual([true, true]);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test("a plan and the one that undoes it tell the same with gained and lost exchanged, but for what comes with the public", () => {
  const isPrivate = policy
    .map((blocks) => blocks?.filter(({ AllowFromPublic }) => !AllowFromPublic))
    .map((blocks) => (blocks?.length ? blocks : undefined));
  fc.assert(
    fc.property(isPrivate, isPrivate, (before, after) => {
      const forth = changeOfPlan(planOf([...unchanged(there), ...planned("first", before, after)]));
      const back = changeOfPlan(planOf([...unchanged(there), ...planned("first", after, before)]));
      expect([lines(back.gained), lines(back.lost), back.unchanged]).toEqual([
        lines(forth.lost),
        lines(forth.gained),
        forth.unchanged,
      ]);
    }),
    { numRuns: 200 },
  );
});

test("the order of resources and blocks in a plan makes no difference", () => {
  fc.assert(
    fc.property(policy, policy, (before, after) => {
      const resources = [...unchanged(there), ...planned("first", before, after)];
      const other = [
        ...planned("first", before && [...before].reverse(), after && [...after].reverse()),
        ...unchanged(there).reverse(),
      ];
      const [one, two] = [changeOfPlan(planOf(resources)), changeOfPlan(planOf(other))];
      expect([lines(two.gained), lines(two.lost)]).toEqual([lines(one.gained), lines(one.lost)]);
    }),
    { numRuns: 100 },
  );
});
