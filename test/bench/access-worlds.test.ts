import { type AccessWorld, accessWorlds, oneGrantMore } from "../../bench/access-worlds";
import { median } from "../../bench/paired";
import { policiesByBytes } from "../../bench/policies-by-bytes";
import { compileNetworkPolicies, type PrivateAccessWish } from "../../service";

const collections = 5_000;
const worlds = 5;

const compiled = (wishes: readonly PrivateAccessWish[]) =>
  new Map(compileNetworkPolicies(wishes).map(({ slot, text }) => [slot, text]));

/** What the benchmark measures over more worlds, as far as it is the same in every run. */
test.each(Object.keys(accessWorlds) as AccessWorld[])(
  "5,000 collections over 50 endpoints, %s: at most 1.3 times the policies that the bytes fill in the median world, one more grant changes at most two",
  (kind) => {
    const ratios = Array.from({ length: worlds }, (_, seed) => {
      const wishes = accessWorlds[kind](collections, seed);
      const before = compiled(wishes);
      const after = compiled([...wishes, oneGrantMore(wishes, seed)]);
      const changed = [...before].filter(([slot, text]) => after.get(slot) !== text).length;
      expect(changed).toBeGreaterThan(0);
      expect(changed).toBeLessThanOrEqual(2);
      return before.size / policiesByBytes(wishes);
    });
    expect(Math.min(...ratios)).toBeGreaterThanOrEqual(1);
    expect(median(ratios)).toBeLessThanOrEqual(1.3);
  },
);

test("1,000 names of 32 characters fill five policies, one name fills one", () => {
  const wish = { collections: [`c${"x".repeat(31)}`], dashboards: false, endpoints: [], services: [] };
  const endpoints = ["vpce-0a1b2c3d4e5f60718"];
  const names = Array.from({ length: 1_000 }, (_, index) => `c${String(index).padStart(31, "0")}`);
  // each takes "collection/" and 32 characters, quotes and a comma: 46 bytes, and 46,000 fill four policies and a half
  expect(policiesByBytes([{ ...wish, endpoints, collections: names }])).toBe(5);
  expect(policiesByBytes([{ ...wish, endpoints }])).toBe(1);
});
