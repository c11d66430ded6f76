import fc from "fast-check";
import {
  type CompiledPolicy,
  compileDataAccessPolicies,
  compileEncryptionPolicies,
  compileLifecyclePolicies,
  type DataAccessWish,
  type EncryptionWish,
  type PolicyKind,
  parsePolicy,
  type RetentionWish,
  validateDataAccessPolicy,
  validateEncryptionPolicy,
  validateLifecyclePolicy,
} from "../../../service";

const thousand = { numRuns: 1000 };
const policyLimit = 100_000;

const key = (digit: number) =>
  `arn:aws:kms:eu-central-1:123456789012:key/0123456${digit}-89ab-cdef-0123-456789abcdef`;
const name = fc.integer({ min: 0, max: 400 }).map((number) => `orders-${number}`);
const pattern = fc.oneof({ weight: 5, arbitrary: name }, fc.constantFrom("*", "logs-*", "orders-1*"));
const names = fc.array(pattern, { minLength: 1, maxLength: 20 });
const principal = fc
  .integer({ min: 0, max: 30 })
  .map((number) => `arn:aws:iam::123456789012:role/team-${number}`);
const permissions = (all: readonly string[]) => fc.subarray([...all], { minLength: 1 });
const maxBytes = fc.constantFrom(900, 1500, 4000, 10_240);

const encryptionWishes: fc.Arbitrary<EncryptionWish[]> = fc
  .array(fc.record({ collections: names, kmsKeyArn: fc.constantFrom(undefined, key(1), key(2)) }), {
    maxLength: 20,
  })
  // A name is given one key only: the first that it comes with.
  .map((wishes) => {
    const taken = new Set<string>();
    return wishes.map(({ collections, ...wish }) => {
      const free = collections.filter((one) => !taken.has(one));
      for (const one of free) taken.add(one);
      return { ...wish, collections: free };
    });
  });

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

const retentionWishes: fc.Arbitrary<RetentionWish[]> = fc.array(
  fc.record({
    indexes: fc.array(
      name.map((one) => `${one}/*`),
      { minLength: 1, maxLength: 30 },
    ),
    retention: fc.constantFrom("30d", "48h", "365d", "unlimited"),
  }),
  { maxLength: 12 },
);

const shuffled = <T>(list: readonly T[]): T[] => [...list].reverse();
const texts = (policies: readonly CompiledPolicy<unknown>[]) =>
  policies.map(({ slot, text }) => `${slot} ${text}`).sort();

/** Every policy is within its limit, sound, and its text read back is its document; slots are told apart. */
function expectSound(
  kind: PolicyKind,
  policies: readonly CompiledPolicy<unknown>[],
  bytes: number,
  validate: (document: unknown) => readonly unknown[],
): void {
  expect(new Set(policies.map(({ slot }) => slot)).size).toBe(policies.length);
  for (const { slot, document, text } of policies) {
    expect(slot).toMatch(/^[a-z0-9-]{0,12}$/);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(bytes);
    expect(validate(document)).toEqual([]);
    expect(parsePolicy(kind, text)).toEqual({ document });
  }
}

const distinct = (lines: readonly string[]) => [...new Set(lines)].sort();

describe("encryption policies", () => {
  const given = (policies: ReturnType<typeof compileEncryptionPolicies>) =>
    policies.flatMap(({ document }) =>
      document.Rules.flatMap(({ Resource }) =>
        Resource.map((one) => `${one} ${"KmsARN" in document ? document.KmsARN : "AWS"}`),
      ),
    );

  test("give each name the key wanted, once, whatever the order", () => {
    fc.assert(
      fc.property(encryptionWishes, maxBytes, (wishes, bytes) => {
        const policies = compileEncryptionPolicies(wishes, { maxBytes: bytes, policyLimit });
        const wanted = wishes.flatMap(({ collections, kmsKeyArn }) =>
          collections.map((one) => `collection/${one} ${kmsKeyArn ?? "AWS"}`),
        );
        expect(given(policies).sort()).toEqual(distinct(wanted));
        expectSound("encryption", policies, bytes, (document) => validateEncryptionPolicy(document));
        const others = shuffled(wishes).map((wish) => ({ ...wish, collections: shuffled(wish.collections) }));
        expect(texts(compileEncryptionPolicies(others, { maxBytes: bytes, policyLimit }))).toEqual(
          texts(policies),
        );
      }),
      thousand,
    );
  });

  test("keep their names: one more moves others out of one policy at most, and into new ones only", () => {
    fc.assert(
      fc.property(encryptionWishes, maxBytes, (wishes, bytes) => {
        const options = { maxBytes: bytes, policyLimit };
        const before = compileEncryptionPolicies(wishes, options);
        const after = compileEncryptionPolicies([...wishes, { collections: ["one-more"] }], options);
        const slotOf = (policies: typeof before) =>
          new Map(
            policies.flatMap(({ slot, document }) =>
              document.Rules.flatMap(({ Resource }) => Resource.map((one) => [one, slot] as const)),
            ),
          );
        const [old, now] = [slotOf(before), slotOf(after)];
        const moved = [...old].filter(([one, slot]) => now.get(one) !== slot);
        expect(new Set(moved.map(([, slot]) => slot)).size).toBeLessThanOrEqual(1);
        const there = new Set(before.map(({ slot }) => slot));
        expect(moved.filter(([one]) => there.has(now.get(one) ?? ""))).toEqual([]);
      }),
      thousand,
    );
  });

  type Compiled = ReturnType<typeof compileEncryptionPolicies>;

  /** By each name and its key the slot of the policy that it stands in. */
  const placesIn = (policies: Compiled) =>
    new Map(
      policies.flatMap(({ slot, document }) => {
        const who = "KmsARN" in document ? document.KmsARN : "AWS";
        return document.Rules.flatMap(({ Resource }) =>
          Resource.map((one) => [`${one} ${who}`, slot] as const),
        );
      }),
    );

  const comesAfter = (policies: Compiled, slot: string, other: string): boolean => {
    const next = policies.find((policy) => policy.slot === slot)?.after;
    return next !== undefined && (next === other || comesAfter(policies, next, other));
  };

  /** How many names moved. One that moves in another way than these two would be in two policies for a moment. */
  function expectMovesInOrder(old: Compiled, now: Compiled): number {
    const has = (policies: Compiled, slot: string) => policies.some((one) => one.slot === slot);
    const later = placesIn(now);
    const moved = [...placesIn(old)].filter(([one, from]) => (later.get(one) ?? from) !== from);
    for (const [one, from] of moved) {
      const to = later.get(one) ?? "";
      // One that gives names up and stays is changed before the new one that takes them; one that goes is
      // removed before the change of the one that takes them, which was there.
      if (has(now, from)) expect([has(old, to), comesAfter(now, to, from)]).toEqual([false, true]);
      else expect([has(old, to), comesAfter(old, from, to)]).toEqual([true, true]);
    }
    return moved.length;
  }

  test("move names of a key only between a policy and those that come after it, however many more there are or less", () => {
    // Where few names fill a policy, all of them are often in one half.
    const few = fc.constantFrom(280, 300, 400, 900, 1500);
    let moved = 0;
    fc.assert(
      fc.property(encryptionWishes, encryptionWishes, few, (some, others, bytes) => {
        const options = { maxBytes: bytes, policyLimit };
        // what has a key already is given no other
        const keyed = new Set(some.flatMap(({ collections }) => collections));
        const more = others.map((wish) => ({
          ...wish,
          collections: wish.collections.filter((one) => !keyed.has(one)),
        }));
        const [less, all] = [some, [...some, ...more]].map((wishes) =>
          compileEncryptionPolicies(wishes, options),
        ) as [Compiled, Compiled];
        moved += expectMovesInOrder(less, all) + expectMovesInOrder(all, less);
      }),
      thousand,
    );
    expect(moved).toBeGreaterThan(thousand.numRuns);
  });

  test("move names in that order where some come and others go at once, if a policy holds more than a handful", () => {
    const kmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
    const wanted = fc
      .tuple(
        fc.integer({ min: 0, max: 600 }),
        fc.integer({ min: 0, max: 600 }),
        fc.integer({ min: 1, max: 7 }),
      )
      .map(([from, count, step]) =>
        Array.from({ length: count }, (_, index) => `orders-${from + index * step}`),
      );
    let moved = 0;
    fc.assert(
      fc.property(wanted, wanted, fc.constantFrom(undefined, kmsKeyArn), (before, after, key) => {
        const [old, now] = [before, after].map((collections) =>
          // 24 bytes for a name, so that 50 fill a policy
          compileEncryptionPolicies([{ collections, kmsKeyArn: key }], { maxBytes: 1_350, policyLimit }),
        ) as [Compiled, Compiled];
        moved += expectMovesInOrder(old, now);
      }),
      thousand,
    );
    expect(moved).toBeGreaterThan(thousand.numRuns);
  });

  test("fill a policy to its last byte, of both kinds of keys", () => {
    const beginnings = [
      { beginning: '{"AWSOwnedKey":true,"Rules":[{"Resource":[' },
      {
        kmsKeyArn: key(1),
        beginning: `{"AWSOwnedKey":false,"KmsARN":"${key(1)}","Rules":[{"Resource":[`,
      },
    ];
    for (const { beginning, ...wish } of beginnings) {
      // Each name takes 60 bytes as `"collection/…",`, the last one no comma: `"collection/",` are 14 of them.
      const room = 10_240 - beginning.length - '],"ResourceType":"collection"}]}'.length + 1;
      const full = Array.from({ length: 167 }, (_, index) => `n${String(index).padStart(45, "0")}`);
      const rest = room - 167 * 60 - 14;
      const sizes = (last: number) =>
        compileEncryptionPolicies([{ ...wish, collections: [...full, "r".repeat(last)] }]).map(({ text }) =>
          Buffer.byteLength(text),
        );
      expect(sizes(rest)).toEqual([10_240]);
      expect(sizes(rest + 1).length).toBeGreaterThan(1);
    }
  });

  test("of one key are not touched by another key", () => {
    const wish = { collections: Array.from({ length: 500 }, (_, index) => `orders-${index}`) };
    const alone = texts(compileEncryptionPolicies([wish]));
    const beside = texts(compileEncryptionPolicies([{ collections: ["a-first"], kmsKeyArn: key(1) }, wish]));
    expect(alone.length).toBeGreaterThan(1);
    expect(beside).toEqual(expect.arrayContaining(alone));
    expect(beside).toHaveLength(alone.length + 1);
  });

  test("of the AWS-owned key begin with the slot of the set, those of a KMS key with a slot by its ARN", () => {
    const slots = (wishes: EncryptionWish[]) => compileEncryptionPolicies(wishes).map(({ slot }) => slot);
    expect(slots([{ collections: ["orders"] }])).toEqual([""]);
    expect(slots([{ collections: ["orders"], kmsKeyArn: key(1) }])).toEqual([
      expect.stringMatching(/^key-[0-9a-f]{8}$/),
    ]);
  });

  test("are refused for a name with two keys, and beyond 150, by how many", () => {
    const collections = ["orders"];
    expect(() => compileEncryptionPolicies([{ collections }, { collections, kmsKeyArn: key(1) }])).toThrow(
      'collection "orders" is given two keys',
    );
    const ofKeys = (count: number) =>
      compileEncryptionPolicies(
        Array.from({ length: count }, (_, index) => ({
          collections: [`orders-${index}`],
          kmsKeyArn: key(1).replace("cdef", index.toString(16).padStart(4, "0")),
        })),
      );
    expect(ofKeys(150)).toHaveLength(150);
    expect(() => ofKeys(151)).toThrow(
      "what is wanted takes 151 encryption policies, AWS takes 150: 1 too many",
    );
  });
});

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

describe("lifecycle policies", () => {
  test("keep exactly what is wanted for as long as wanted, whatever the order", () => {
    const days: Readonly<Record<string, string>> = { "48h": "2d" };
    fc.assert(
      fc.property(retentionWishes, maxBytes, (wishes, bytes) => {
        const policies = compileLifecyclePolicies(wishes, { maxBytes: bytes });
        const wanted = wishes.flatMap(({ indexes, retention }) =>
          indexes.map((one) => `index/${one} ${days[retention] ?? retention}`),
        );
        const given = policies.flatMap(({ document }) =>
          document.Rules.flatMap((rule) =>
            rule.Resource.map(
              (one) => `${one} ${"MinIndexRetention" in rule ? rule.MinIndexRetention : "unlimited"}`,
            ),
          ),
        );
        expect(distinct(given)).toEqual(distinct(wanted));
        expectSound("retention", policies, bytes, (document) => validateLifecyclePolicy(document));
        const others = shuffled(wishes).map((wish) => ({ ...wish, indexes: shuffled(wish.indexes) }));
        expect(texts(compileLifecyclePolicies(others, { maxBytes: bytes }))).toEqual(texts(policies));
      }),
      thousand,
    );
  });
});

test("nothing wanted takes no policy", () => {
  expect([
    ...compileEncryptionPolicies([]),
    ...compileDataAccessPolicies([]),
    ...compileLifecyclePolicies([]),
  ]).toEqual([]);
});
