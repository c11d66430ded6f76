import fc from "fast-check";
import { compileDataAccessPolicies, type DataAccessWish, validateDataAccessPolicy } from "../../../service";
import {
  distinct,
  expectSound,
  maxBytes,
  names,
  pattern,
  permissions,
  policyLimit,
  principal,
  shuffled,
  texts,
  thousand,
} from "./compiled-policies";

const dataWishes: fc.Arbitrary<DataAccessWish[]> = fc.array(
  fc.record({
    principals: fc.array(principal, { minLength: 1, maxLength: 6 }),
    collections: fc.array(
      fc.record({
        collections: names,
        permissions: permissions(["aoss:DescribeCollectionItems", "aoss:CreateCollectionItems"]),
      }),
      { maxLength: 2 },
    ),
    indexes: fc.array(
      fc.record({
        indexes: fc.array(
          fc.tuple(pattern, fc.constantFrom("*", "web-*", "a")).map((parts) => parts.join("/")),
          {
            minLength: 1,
            maxLength: 20,
          },
        ),
        permissions: permissions(["aoss:ReadDocument", "aoss:WriteDocument", "aoss:CreateIndex"]),
      }),
      { maxLength: 2 },
    ),
    description: fc.constantFrom(undefined, "reading", "wörter"),
  }),
  { maxLength: 8 },
);

describe("data access policies", () => {
  const triples = (wishes: readonly DataAccessWish[]) =>
    wishes.flatMap(({ principals, collections = [], indexes = [], description = "" }) =>
      [
        ...collections.map((one) => ({ ...one, named: one.collections.map((each) => `collection/${each}`) })),
        ...indexes.map((one) => ({ ...one, named: one.indexes.map((each) => `index/${each}`) })),
      ].flatMap(({ named, permissions: all }) =>
        principals.flatMap((who) =>
          named.flatMap((what) => all.map((may) => `${who} ${may} ${what} ${description}`)),
        ),
      ),
    );
  const given = (policies: ReturnType<typeof compileDataAccessPolicies>) =>
    policies.flatMap(({ document }) =>
      document.flatMap(({ Principal, Rules, Description = "" }) =>
        Rules.flatMap(({ Resource, Permission }) =>
          Principal.flatMap((who) =>
            Resource.flatMap((what) => Permission.map((may) => `${who} ${may} ${what} ${Description}`)),
          ),
        ),
      ),
    );

  test("give exactly the permissions wanted, whatever the order", () => {
    fc.assert(
      fc.property(dataWishes, maxBytes, (wishes, bytes) => {
        const policies = compileDataAccessPolicies(wishes, { maxBytes: bytes, policyLimit });
        expect(distinct(given(policies))).toEqual(distinct(triples(wishes)));
        expectSound("data", policies, bytes, (document) => validateDataAccessPolicy(document));
        const others = shuffled(wishes).map((wish) => ({ ...wish, principals: shuffled(wish.principals) }));
        expect(texts(compileDataAccessPolicies(others, { maxBytes: bytes, policyLimit }))).toEqual(
          texts(policies),
        );
      }),
      thousand,
    );
  });

  test("of 3,000 collections of 40 teams are few, and one more grant changes few of them", () => {
    const wish = (index: number): DataAccessWish => ({
      principals: [`arn:aws:iam::123456789012:role/team-${index % 40}`],
      indexes: [{ indexes: [`orders-${index}/*`], permissions: ["aoss:ReadDocument"] }],
    });
    const wishes = Array.from({ length: 3000 }, (_, index) => wish(index));
    const before = compileDataAccessPolicies(wishes);
    // 3,000 times `"index/orders-1234/*",` are 63,000 bytes, and 40 blocks of 135.
    expect(before.length).toBeGreaterThanOrEqual(7);
    expect(before.length).toBeLessThanOrEqual(10);
    const after = new Set(texts(compileDataAccessPolicies([...wishes, wish(3000)])));
    expect(texts(before).filter((text) => !after.has(text)).length).toBeLessThanOrEqual(2);
  });

  /** The texts that were there and are no longer. */
  const changed = (wishes: readonly DataAccessWish[], more: DataAccessWish, options = {}) => {
    const after = new Set(texts(compileDataAccessPolicies([...wishes, more], options)));
    return texts(compileDataAccessPolicies(wishes, options)).filter((text) => !after.has(text)).length;
  };

  test("change by two at most for each place that one more grant is written in", () => {
    /** Who is given what kind of permissions, as blocks have it, and on what. */
    const blocksOf = (wish: DataAccessWish, bytes: number): [string, string][] => {
      const who = distinct(wish.principals);
      // `"…",` for each; a list that takes more than a quarter of a policy is written for each of them.
      const isLong = who.reduce((sum, one) => sum + one.length + 3, 0) > (bytes - 1) / 4;
      const lists = isLong ? who.map((one) => [one]) : [who];
      const rules = [
        ...(wish.collections ?? []).map((one) => ({ type: "collection", on: one.collections, ...one })),
        ...(wish.indexes ?? []).map((one) => ({ type: "index", on: one.indexes, ...one })),
      ];
      return lists.flatMap((list) =>
        rules.flatMap(({ type, on, permissions: may }) =>
          on.map((one): [string, string] => [
            JSON.stringify([list, wish.description, type, distinct(may)]),
            one,
          ]),
        ),
      );
    };
    fc.assert(
      fc.property(dataWishes, dataWishes, maxBytes, (wishes, [more], bytes) => {
        if (!more) return;
        const there = wishes.flatMap((wish) => blocksOf(wish, bytes));
        const blocks = new Set(there.map(([block]) => block));
        const pairs = new Set(there.map(String));
        // What a block holds already is written among that, the rest in one place for each block.
        const places = new Set(
          blocksOf(more, bytes)
            .filter((pair) => !pairs.has(String(pair)))
            .map((pair) => (blocks.has(pair[0]) ? String(pair) : pair[0])),
        );
        expect(changed(wishes, more, { maxBytes: bytes, policyLimit })).toBeLessThanOrEqual(2 * places.size);
      }),
      thousand,
    );
  });

  test("are changed in many places by a grant of many more to those who have as much, in two by one to others", () => {
    const may = ["aoss:ReadDocument"];
    const of = (principals: readonly string[], from: number, to: number): DataAccessWish => ({
      principals,
      indexes: [
        {
          indexes: Array.from({ length: to - from }, (_, place) => `orders-${from + place}/*`),
          permissions: may,
        },
      ],
    });
    const team = (number: number) => `arn:aws:iam::123456789012:role/team-${number}`;
    // 3,000 times `"index/orders-1234/*",` are 63,000 bytes.
    const wishes = [of([team(1)], 0, 3000)];
    expect(compileDataAccessPolicies(wishes).length).toBeGreaterThanOrEqual(7);
    expect(changed(wishes, of([team(1)], 3000, 3001))).toBeLessThanOrEqual(2);
    expect(changed(wishes, of([team(1)], 3000, 3100))).toBeGreaterThan(4);
    expect(changed(wishes, of([team(2)], 0, 3000))).toBeLessThanOrEqual(2);
    const lists = Array.from({ length: 40 }, (_, number) => of([team(number)], 0, 100));
    const everybody = Array.from({ length: 80 }, (_, number) => team(number));
    expect(changed(lists, of(everybody, 100, 101))).toBeGreaterThan(4);
  });

  test("are as many as there may be, and one more is refused, by how many", () => {
    // One grant for each policy, since `"Description":"…"` takes more than half of it.
    const wishes = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        principals: [`arn:aws:iam::123456789012:role/team-${index}`],
        description: "d".repeat(6000),
        indexes: [{ indexes: ["orders/*"], permissions: ["aoss:ReadDocument"] }],
      }));
    expect(compileDataAccessPolicies(wishes(500))).toHaveLength(500);
    expect(() => compileDataAccessPolicies(wishes(501))).toThrow(
      "what is wanted takes 501 data access policies, AWS takes 500: 1 too many",
    );
    expect(compileDataAccessPolicies(wishes(3), { policyLimit: 3 })).toHaveLength(3);
    expect(() => compileDataAccessPolicies(wishes(4), { policyLimit: 3 })).toThrow(
      "what is wanted takes 4 data access policies, there may be 3: 1 too many",
    );
  });

  test("take a long list of principals apart, and are refused where one alone does not fit", () => {
    const principals = Array.from(
      { length: 300 },
      (_, index) => `arn:aws:iam::123456789012:role/team-${index}`,
    );
    const wish = { principals, indexes: [{ indexes: ["orders/*"], permissions: ["aoss:ReadDocument"] }] };
    const policies = compileDataAccessPolicies([wish]);
    expect(distinct(given(policies))).toEqual(distinct(triples([wish])));
    expect(() => compileDataAccessPolicies([{ ...wish, description: "d".repeat(10_240) }])).toThrow(
      /what "arn:aws:iam::123456789012:role\/team-0" may do to index "orders\/\*" takes \d+ bytes too many/,
    );
  });
});
