import fc from "fast-check";
import { type NamePattern, namePattern } from "../../../service/name-pattern";
import { commonNames, holdsNames, nameSet, overlapsNames } from "../../../service/reach/name-set";
import { matches } from "./naive-model";

/** All names of up to three letters of two, and one for all that are longer. */
const letters = ["a", "b"];
const names = letters.flatMap((a) => [
  a,
  ...letters.flatMap((b) => [a + b, ...letters.flatMap((c) => [a + b + c, `${a + b + c}~`])]),
]);
const text = fc.constantFrom(
  "*",
  ...names.filter((name) => !name.endsWith("~")).flatMap((one) => [one, `${one}*`]),
);
const texts = fc.array(text, { maxLength: 6 });
const textOf = ({ text, wildcard }: NamePattern) => `${text}${wildcard ? "*" : ""}`;
const setOf = (some: readonly string[]) => nameSet(some.map(namePattern));
const namesIn = (some: readonly string[]) => names.filter((name) => some.some((one) => matches(one, name)));
const runs = { numRuns: 2_000 };

test("a set of patterns holds the names that one of them covers, in order, with no pattern to spare", () => {
  fc.assert(
    fc.property(texts, (some) => {
      const kept = setOf(some).map(textOf);
      expect(namesIn(kept)).toEqual(namesIn(some));
      for (const one of kept)
        expect(namesIn(kept.filter((other) => other !== one))).not.toEqual(namesIn(kept));
      const order = kept.map((one) => one.replace("*", ""));
      expect(order).toEqual([...new Set(order)].sort());
    }),
    runs,
  );
});

test("the names common to two sets are those in both", () => {
  fc.assert(
    fc.property(texts, texts, (one, other) => {
      const common = commonNames(setOf(one), setOf(other)).map(textOf);
      expect(namesIn(common)).toEqual(namesIn(one).filter((name) => namesIn(other).includes(name)));
    }),
    runs,
  );
});

test("a pattern is held or overlaps as its names do", () => {
  fc.assert(
    fc.property(texts, text, (some, one) => {
      const [inSet, asked] = [namesIn(some), namesIn([one])];
      expect(overlapsNames(setOf(some), namePattern(one))).toBe(asked.some((name) => inSet.includes(name)));
      // single names do not make up a prefix: there is always another name
      const isHeld = some.some((pattern) => namesIn([one]).every((name) => matches(pattern, name)));
      expect(holdsNames(setOf(some), namePattern(one))).toBe(isHeld);
    }),
    runs,
  );
});
