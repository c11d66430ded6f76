import fc from "fast-check";
import {
  compileDataAccessPolicies,
  compileEncryptionPolicies,
  compileLifecyclePolicies,
  type RetentionWish,
  validateLifecyclePolicy,
} from "../../../service";
import { distinct, expectSound, maxBytes, name, shuffled, texts, thousand } from "./compiled-policies";

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
