import { leftOverSlot, slotOf } from "../../../service/compile/slot";

/** Five bits to a character, as RFC 4648 writes them: m = 12, o = 14, r = 17, e = 4. */
const more = ["01100", "01110", "10001", "00100"].join("");

test.each([
  ["", ""],
  ["0", ""],
  ["1", "q"],
  ["00001", "b"],
  ["000011", "bq"],
  ["11111111111111111111", "7777"],
])("a range that begins at the bits %j has the name %j", (bits, slot) => {
  expect(slotOf(bits)).toBe(slot);
});

test("zeros at the end do not change the name", () => {
  expect(slotOf("1010000")).toBe(slotOf("101"));
});

test("a range never has the name of what is left over in the first one", () => {
  expect(leftOverSlot("")).toBe("more");
  expect(slotOf(more)).toMatch(/^[a-z2-7]{7}$/);
  expect(slotOf(more.replace(/00$/, ""))).toBe(slotOf(more));
});

test("a range deep in the order has a name of seven characters, of its own", () => {
  const deep = [`${more}1`, `${more}01`, `${"1".repeat(20)}1`, "1".repeat(64)].map(slotOf);
  for (const slot of deep) expect(slot).toMatch(/^[a-z2-7]{7}$/);
  expect(new Set([...deep, slotOf(more)]).size).toBe(5);
});
