import fc from "fast-check";
import { collapseNames, listed } from "../../../review/picture/collapse-names";

const numbered = (start: string, most: number) =>
  Array.from({ length: most }, (_, place) => `${start}${String(place + 1).padStart(3, "0")}`);
const collapsed = (names: readonly string[], most: number) =>
  listed(collapseNames([...names].sort(), most)).join(" ");

test("names that fit stand in full", () => {
  expect(collapsed(["orders", "logs"], 2)).toBe("logs, orders");
  expect(collapsed([], 2)).toBe("");
});

test("names that begin alike stand as one family with its size", () => {
  expect(collapsed([...numbered("logs-", 91), "orders"], 3)).toBe("logs-… (91), orders");
});

test("numbers do not split a family, words do as long as there is room", () => {
  const names = [...numbered("shop-orders-", 30), ...numbered("shop-stock-", 20), ...numbered("shop-", 10)];
  expect(collapsed(names, 3)).toBe("shop-… (10), shop-orders-… (30), shop-stock-… (20)");
  expect(collapsed(names, 2)).toBe("shop-… (60)");
});

test("numbers that more follows tell families apart", () => {
  const names = ["team-1-a", "team-1-b", "team-2-a", "team-2-b", "team-2-c"];
  expect(collapsed(names, 2)).toBe("team-1-… (2), team-2-… (3)");
});

test("of more families than there is room for, the largest stay, and the rest is counted", () => {
  const names = [...numbered("a-", 5), "b", "c", "d", ...numbered("e-", 3)];
  expect(collapsed(names, 3)).toBe("a-… (5), e-… (3), … and 3 more");
});

test("families stand as people count", () => {
  const names = [...numbered("team-12-", 4), ...numbered("team-2-", 3), "team-10-wiki"];
  expect(collapsed(names, 3)).toBe("team-2-… (3), team-10-wiki, team-12-… (4)");
});

test("a name that others begin with is told beside them", () => {
  expect(collapsed(["logs", "logs-a", "logs-b", "logs-c"], 2)).toBe("logs, logs-… (3)");
});

test("whatever the names: never more parts than asked for, and every name is in a part or counted", () => {
  const name = fc.stringMatching(/^[a-c][a-c0-1-]{2,8}$/);
  fc.assert(
    fc.property(fc.uniqueArray(name, { maxLength: 60 }), fc.integer({ min: 2, max: 12 }), (names, most) => {
      const { parts, more } = collapseNames([...names].sort(), most);
      expect(parts.length + Number(more > 0)).toBeLessThanOrEqual(most);
      const inParts = parts.reduce((sum, part) => sum + Number(/… \((\d+)\)$/.exec(part)?.[1] ?? 1), 0);
      expect(inParts + more).toBe(names.length);
    }),
    { numRuns: 1000 },
  );
});
