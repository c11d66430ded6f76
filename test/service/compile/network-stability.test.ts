import fc from "fast-check";
import { compileNetworkPolicies, type PrivateAccessWish } from "../../../service";
import { changesBetween, Distribution } from "./changes";
import { endpoints, grant, grants } from "./random-access";

const plenty = 100_000;

function compiled(wishes: readonly PrivateAccessWish[], maxBytes?: number): ReadonlyMap<string, string> {
  const options = { policyLimit: plenty, ...(maxBytes === undefined ? {} : { maxBytes }) };
  return new Map(compileNetworkPolicies(wishes, options).map(({ slot, text }) => [slot, text]));
}

const opens = ({ dashboards, endpoints: from }: PrivateAccessWish) => dashboards && from.length > 0;
const overlap = (a: readonly string[], b: readonly string[]) => a.some((one) => b.includes(one));

/**
 * The grants of the world that take about a policy or more each, and that the grant may come to stand among: it names
 * the very same collections, or some of them to some of the same sources.
 */
function longListsBeside(
  wishes: readonly PrivateAccessWish[],
  more: PrivateAccessWish,
  maxBytes: number,
): PrivateAccessWish[] {
  return wishes.filter((wish) => {
    const names = [...new Set(wish.collections)];
    const bytes = names.join().length + 14 * names.length;
    return (
      (opens(wish) ? 2 : 1) * bytes > maxBytes - 400 &&
      opens(wish) === opens(more) &&
      (wish.description ?? "") === (more.description ?? "") &&
      overlap(wish.collections, more.collections) &&
      (overlap([...wish.endpoints, ...wish.services], [...more.endpoints, ...more.services]) ||
        names.every((name) => more.collections.includes(name)))
    );
  });
}

test("one more grant changes at most two policies that were there, one less at most two that stay", () => {
  const added = new Distribution();
  const removed = new Distribution();
  const smallRooms = fc.integer({ min: 620, max: 2_500 });
  fc.assert(
    fc.property(grants, grant, smallRooms, (wishes, more, maxBytes) => {
      const before = compiled(wishes, maxBytes);
      const after = compiled([...wishes, more], maxBytes);
      const there = changesBetween(before, after);
      const back = changesBetween(after, before);
      const lists = longListsBeside(wishes, more, maxBytes);
      if (lists.length > 0) {
        const holding = [...before.values()].filter((text) =>
          lists.some(({ collections }) => collections.some((one) => text.includes(`"collection/${one}"`))),
        );
        expect(there.changed + there.removed).toBeLessThanOrEqual(2 * Math.max(1, holding.length));
        return;
      }
      expect(there.changed + there.removed).toBeLessThanOrEqual(2);
      expect(back.changed).toBeLessThanOrEqual(2);
      added.note(there);
      removed.note(back);
    }),
    { numRuns: 1500 },
  );
  console.log(`network policies of 620 to 2,500 bytes\none grant more: ${added}\none grant less: ${removed}`);
});

test("a further endpoint that is given the very same long list changes each policy that the list stands in, on average less than one beside each", () => {
  const added = new Distribution();
  let changes = 0;
  let listed = 0;
  const runs = 1000;
  fc.assert(
    fc.property(grants, fc.integer({ min: 620, max: 2_500 }), fc.nat(), (wishes, maxBytes, seed) => {
      const below = random(seed);
      const list = {
        // names that no other grant has; together they take 1 to 4 policies
        collections: Array.from({ length: Math.ceil((maxBytes / 32) * (1 + below(3))) }, (_, index) =>
          `list-${below(1000)}-${index}`.padEnd(20, "x"),
        ),
        dashboards: false,
        endpoints: ["vpce-0a1b2c3d4e5f60720"],
        services: [],
      };
      const before = compiled([...wishes, list], maxBytes);
      const after = compiled([...wishes, list, { ...list, endpoints: ["vpce-0a1b2c3d4e5f60721"] }], maxBytes);
      const holding = [...before].filter(([, text]) => text.includes('"collection/list-'));
      expect(holding.filter(([slot, text]) => after.get(slot) === text)).toEqual([]);
      const there = changesBetween(before, after);
      changes += there.changed + there.removed;
      listed += holding.length;
      added.note(there);
    }),
    { numRuns: runs },
  );
  expect(changes).toBeLessThan(2 * listed);
  console.log(
    `network policies of 620 to 2,500 bytes, ${(listed / runs).toFixed(1)} of them with the long list on average\n` +
      `a further endpoint given it: ${added}`,
  );
});

/** A small generator, so that large worlds take no time to make and a seed tells all of one. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function grantNumber(number: number, below: (most: number) => number): PrivateAccessWish {
  const name = (index: number) => `team-${below(40)}-collection-${number}-${index}`;
  const few = below(10) === 0 ? below(60) : below(3);
  return {
    collections: Array.from({ length: 1 + few }, (_, index) => name(index)),
    dashboards: below(3) === 0,
    endpoints: endpoints.slice(below(3), 3 + below(4)),
    services: [],
    ...(below(3) === 0 ? { description: `for team ${below(8)}` } : {}),
  };
}

/** Most worlds are small, since those of 400 grants take most of the time; one in eight is large. */
const worldSize = fc.oneof(
  { weight: 7, arbitrary: fc.integer({ min: 0, max: 100 }) },
  { weight: 1, arbitrary: fc.integer({ min: 100, max: 400 }) },
);

test("at AWS's own limit one more grant changes at most two policies that were there", () => {
  const added = new Distribution();
  let policies = 0;
  const runs = 1000;
  fc.assert(
    fc.property(fc.nat(), worldSize, (seed, count) => {
      const below = random(seed);
      const wishes = Array.from({ length: count + 1 }, (_, number) => grantNumber(number, below));
      const before = compiled(wishes.slice(1));
      const after = compiled(wishes);
      const there = changesBetween(before, after);
      expect(there.changed + there.removed).toBeLessThanOrEqual(2);
      expect(changesBetween(after, before).changed).toBeLessThanOrEqual(2);
      added.note(there);
      policies += after.size;
    }),
    { numRuns: runs },
  );
  console.log(
    `network policies of 10,240 bytes, ${(policies / runs).toFixed(1)} on average\none grant more: ${added}`,
  );
});
