import fc from "fast-check";
import { type Foldable, fold } from "../../../review/picture/fold";

const item = (key: string, tokens: string, group = "one"): Foldable => ({
  key,
  class: group,
  tokens: [...tokens],
});
const keys = (lists: readonly (readonly Foldable[])[]) =>
  lists
    .map((list) =>
      list
        .map(({ key }) => key)
        .sort()
        .join(""),
    )
    .sort();

test("nothing is folded where all fits, even what is joined to the same", () => {
  expect(keys(fold([item("x", "ab"), item("y", "ab"), item("z", "c")], 3))).toEqual(["x", "y", "z"]);
});

test("what is joined to exactly the same is folded first", () => {
  const items = [item("v", "ab"), item("w", "cd"), item("x", "ab"), item("y", "e"), item("z", "abc")];
  expect(keys(fold(items, 4))).toEqual(["vx", "w", "y", "z"]);
});

test("no more is folded than the limit asks for, and first what has most in common", () => {
  const items = [item("w", "abcd"), item("x", "abce"), item("y", "pq"), item("z", "rs")];
  expect(keys(fold(items, 3))).toEqual(["wx", "y", "z"]);
});

test("different classes are never folded together, even beyond the limit", () => {
  expect(keys(fold([item("x", "a", "one"), item("y", "a", "two"), item("z", "a", "two")], 1))).toEqual([
    "x",
    "yz",
  ]);
});

test("whatever the items: each is in one list, of one class, in at most so many lists, in any order of input", () => {
  const arbitrary = fc.record({
    class: fc.constantFrom("one", "two"),
    tokens: fc.subarray(["a", "b", "c", "d", "e"]),
  });
  fc.assert(
    fc.property(fc.array(arbitrary, { maxLength: 40 }), fc.integer({ min: 2, max: 10 }), (parts, most) => {
      const items = parts.map((part, place) => ({ ...part, key: `<${place}>` }));
      const lists = fold(items, most);
      expect(
        lists
          .flat()
          .map(({ key }) => key)
          .sort(),
      ).toEqual(items.map(({ key }) => key).sort());
      expect(lists.length).toBeLessThanOrEqual(most);
      for (const list of lists) expect(new Set(list.map((one) => one.class)).size).toBe(1);
      expect(keys(fold([...items].reverse(), most))).toEqual(keys(lists));
    }),
    { numRuns: 1000 },
  );
});
