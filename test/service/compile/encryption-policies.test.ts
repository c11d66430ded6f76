import fc from "fast-check";
import { compileEncryptionPolicies, type EncryptionWish, validateEncryptionPolicy } from "../../../service";
import {
  distinct,
  expectSound,
  key,
  maxBytes,
  names,
  policyLimit,
  shuffled,
  texts,
  thousand,
} from "./compiled-policies";

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
