import fc from "fast-check";
import {
  type CompiledPolicy,
  compileNetworkPolicies,
  type NetworkPolicyDocument,
  type PrivateAccessWish,
  parsePolicy,
  serialiseNetworkPolicy,
  validateNetworkPolicy,
} from "../../../service";
import { differences } from "./naive-access";
import { endpoints, grant, grants, maxBytes, services } from "./random-access";

const thousand = { numRuns: 1000 };
const plenty = 100_000;
const sources = [...endpoints, ...services, "vpce-0ffffffffffffffff"];
const texts = (policies: readonly CompiledPolicy<unknown>[]) => policies.map(({ text }) => text);

test("the policies give what was wished, no more and no less", () => {
  fc.assert(
    fc.property(grants, maxBytes, (wishes, bytes) => {
      const policies = compileNetworkPolicies(wishes, { maxBytes: bytes, policyLimit: plenty });
      expect(differences(wishes, texts(policies), sources)).toEqual([]);
      expect(policies.flatMap(({ document }) => document).some((block) => block.AllowFromPublic)).toBe(false);
    }),
    thousand,
  );
});

test("in the densest form they give the very same", () => {
  let dense = 0;
  fc.assert(
    fc.property(grants, maxBytes, (wishes, bytes) => {
      const asWished = compileNetworkPolicies(wishes, { maxBytes: bytes, policyLimit: plenty });
      const policyLimit = asWished.length - 1;
      let policies: CompiledPolicy<NetworkPolicyDocument>[];
      try {
        policies = compileNetworkPolicies(wishes, { maxBytes: bytes, policyLimit });
      } catch {
        return;
      }
      dense++;
      expect(policies.length).toBeLessThan(asWished.length);
      expect(differences(wishes, texts(policies), sources)).toEqual([]);
    }),
    thousand,
  );
  expect(dense).toBeGreaterThan(100);
});

test("every policy is within its limit, sound, and its text read back is its document", () => {
  fc.assert(
    fc.property(grants, maxBytes, (wishes, bytes) => {
      const policies = compileNetworkPolicies(wishes, { maxBytes: bytes, policyLimit: plenty });
      for (const { document, text } of policies) {
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(bytes);
        expect(validateNetworkPolicy(document)).toEqual([]);
        expect(parsePolicy("network", text)).toEqual({ document });
        expect(serialiseNetworkPolicy(document)).toBe(text);
      }
    }),
    thousand,
  );
});

test("every policy is within its limit also when texts turn out as long as was said", () => {
  const standIn = /<[a-z]>/g;
  const long = (text: string) => Buffer.byteLength(JSON.stringify(text.replace(standIn, "x".repeat(40)))) - 2;
  const withStandIns = grants.map((wishes) =>
    wishes.map((wish) => ({
      ...wish,
      endpoints: wish.endpoints.map((id) => id.replace(/vpce-.*4$/, "<a>").replace(/vpce-.*5$/, "<b>")),
      collections: wish.collections.map((name) => name.replace(/^logs/, "lo<c>")),
    })),
  );
  fc.assert(
    fc.property(withStandIns, fc.integer({ min: 760, max: 3_000 }), (wishes, bytes) => {
      const policies = compileNetworkPolicies(wishes, {
        maxBytes: bytes,
        policyLimit: plenty,
        bytesOf: long,
      });
      for (const { text } of policies) {
        expect(Buffer.byteLength(text.replace(standIn, "x".repeat(40)))).toBeLessThanOrEqual(bytes);
      }
    }),
    thousand,
  );
});

test("slots are unique and can be part of a name", () => {
  fc.assert(
    fc.property(grants, maxBytes, (wishes, bytes) => {
      const slots = compileNetworkPolicies(wishes, { maxBytes: bytes, policyLimit: plenty }).map(
        ({ slot }) => slot,
      );
      expect(new Set(slots).size).toBe(slots.length);
      for (const slot of slots) expect(slot).toMatch(/^(?:[a-z0-9][a-z0-9-]{0,11})?$/);
      if (slots.length > 0) expect(slots).toContain("");
    }),
    thousand,
  );
});

test("the order of grants and of what they name does not matter, nor does saying it twice", () => {
  const random = fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true }));
  fc.assert(
    fc.property(grants, maxBytes, random, (wishes, bytes, numbers) => {
      const shuffled = <T>(items: readonly T[]): T[] =>
        items
          .flatMap((item) => (Number(numbers.next().value) < 0.2 ? [item, item] : [item]))
          .map((item) => ({ item, at: Number(numbers.next().value) }))
          .sort((a, b) => a.at - b.at)
          .map(({ item }) => item);
      const others = shuffled(wishes).map((wish) => ({
        ...wish,
        collections: shuffled(wish.collections),
        endpoints: shuffled(wish.endpoints),
        services: shuffled(wish.services),
      }));
      const options = { maxBytes: bytes, policyLimit: plenty };
      expect(compileNetworkPolicies(others, options)).toEqual(compileNetworkPolicies(wishes, options));
    }),
    thousand,
  );
});

test("what fits into one policy has one text, however its grants are cut up", () => {
  const few = fc.array(grant, { maxLength: 6 });
  fc.assert(
    fc.property(few, (wishes) => {
      const apart = wishes.flatMap((wish) =>
        wish.collections.map((one): PrivateAccessWish => ({ ...wish, collections: [one] })),
      );
      const policies = compileNetworkPolicies(apart);
      fc.pre(policies.length < 2);
      expect(texts(compileNetworkPolicies(wishes))).toEqual(texts(policies));
    }),
    thousand,
  );
});
