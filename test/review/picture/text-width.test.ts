import fc from "fast-check";
import { fitted, textWidth, wrapped } from "../../../review/picture/text-width";

const face = { size: 10 };

test("widths add up: 6.2 for a, 6.4 for b, 5.5 for c at 10 pixels, more in bold", () => {
  expect(textWidth("abc", face)).toBeCloseTo(18.1);
  expect(textWidth("abc", { size: 20 })).toBeCloseTo(36.2);
  expect(textWidth("abc", { size: 10, bold: true })).toBeCloseTo(20);
});

test("a character that the table does not have counts as wider than any letter in it", () => {
  expect(textWidth("漢", face)).toBeGreaterThan(textWidth("W", { size: 10, bold: true }));
  expect(textWidth("😀", face)).toBe(13.5);
});

test("a text that is too wide keeps its beginning and its end", () => {
  // 1 has 6.4, the dots 10: six digits and the dots take 48.4
  expect(fitted("111222333444", 50, face)).toBe("111…444");
  expect(fitted("111222", 50, face)).toBe("111222");
});

test("pieces stay whole in lines, and one that is wider than a line is shortened", () => {
  expect(wrapped(["111,", "222,", "333"], 50, face)).toEqual(["111, 222,", "333"]);
  expect(wrapped(["1", "111222333444", "2"], 50, face)).toEqual(["1", "111…444", "2"]);
});

test("whatever the text, what is fitted is no wider than the room", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 80 }),
      fc.integer({ min: 30, max: 300 }),
      (text, width) => {
        expect(
          textWidth(fitted(text, width, { size: 13, bold: true }), { size: 13, bold: true }),
        ).toBeLessThanOrEqual(width);
      },
    ),
  );
});
