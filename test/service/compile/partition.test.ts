import fc from "fast-check";
import { type BlockSize, type Item, inOrder, type Part, partition } from "../../../service/compile/partition";
import { changesBetween, Distribution } from "./changes";

const room = 1000;

interface Named extends Item {
  readonly id: number;
}

/** What a family takes for itself: next to nothing, or most of a part. What a block of it takes is on top. */
const families = [0, 0, 5, 20, 60, 60, 110, 150, 300, 600];
const ruleBytes = 10;

const blocks = families.flatMap((bytes, family): BlockSize[] => [
  { family: String(family), bytes: bytes + ruleBytes, joining: ruleBytes },
  { family: String(family), bytes: bytes + 2 * ruleBytes, joining: ruleBytes },
]);

/** Words of few values stand together deep in the order, as the collections of one source do. */
const word = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 0xffffffff }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 0x80000000, 0xffffffff) },
);

/** A run is what one grant adds: items in one row, of one block. */
const run = fc.record({
  place: fc.tuple(word, word),
  block: fc.constantFrom(...blocks),
  sizes: fc.oneof(
    { weight: 8, arbitrary: fc.array(fc.integer({ min: 1, max: 150 }), { minLength: 1, maxLength: 4 }) },
    {
      weight: 1,
      arbitrary: fc.array(fc.integer({ min: 20, max: 90 }), { minLength: 20, maxLength: 60, size: "max" }),
    },
  ),
});

type Run = typeof run extends fc.Arbitrary<infer T> ? T : never;

function itemsOf(runs: readonly Run[]): Named[] {
  // What only the last words tell apart has to be in one row.
  const items = runs.flatMap(({ place, block, sizes }, index) =>
    sizes.map(
      (bytes, at): Named => ({
        id: index * 1000 + at,
        position: [...place, index, Math.imul(at + 1, 0x9e3779b1) >>> 0],
        block,
        bytes,
      }),
    ),
  );
  return inOrder(items, (a, b) => a.id === b.id);
}

function bytesOf(items: readonly Item[]): number {
  const known = new Set(items.map(({ block }) => block));
  const named = new Set(items.map(({ block }) => Number(block.family)));
  return [
    ...[...named].map((family) => families[family] ?? 0),
    ...[...known].map(() => ruleBytes),
    ...items.map(({ bytes }) => bytes),
  ].reduce((sum, bytes) => sum + bytes, 0);
}

const contents = (parts: readonly Part<Named>[]) =>
  new Map(parts.map(({ slot, items }) => [slot, items.map(({ id }) => id).join()]));

const worlds = fc.array(run, { maxLength: 120, size: "max" });
const threeThousand = { numRuns: 3000 };

test("every item is in one part, every part has room, slots are unique", () => {
  fc.assert(
    fc.property(worlds, (runs) => {
      const items = itemsOf(runs);
      const parts = partition(items, room);
      expect(parts.flatMap((part) => part.items.map(({ id }) => id)).sort((a, b) => a - b)).toEqual(
        items.map(({ id }) => id).sort((a, b) => a - b),
      );
      for (const part of parts) expect(bytesOf(part.items)).toBeLessThanOrEqual(room);
      expect(new Set(parts.map(({ slot }) => slot)).size).toBe(parts.length);
      if (parts.length > 0) expect(parts.some(({ slot }) => slot === "")).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test("a run that is added changes at most two parts that were there, and so does one that is removed", () => {
  const added = new Distribution();
  const removed = new Distribution();
  fc.assert(
    fc.property(worlds, run, (runs, more) => {
      const before = contents(partition(itemsOf(runs), room));
      const after = contents(partition(itemsOf([...runs, more]), room));
      const there = changesBetween(before, after);
      expect(there.changed + there.removed).toBeLessThanOrEqual(2);
      added.note(there);
      const back = changesBetween(after, before);
      expect(back.changed).toBeLessThanOrEqual(2);
      removed.note(back);
    }),
    threeThousand,
  );
  console.log(`parts, one run more: ${added}\none run less: ${removed}`);
});
