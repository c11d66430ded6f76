import { bytesInJson } from "../../../service/compile/compiled-policy";
import { type NetworkItem, networkItems } from "../../../service/compile/network-items";
import type { NetworkUnit } from "../../../service/compile/network-unit";
import { inOrder } from "../../../service/compile/partition";

const bytes = { of: bytesInJson, ofEndpoint: bytesInJson };
const room = 10_000;

const names = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => `orders-${String(from + index).padStart(3, "0")}`);

const unit = (more: Partial<NetworkUnit> & Pick<NetworkUnit, "patterns">): NetworkUnit => ({
  endpoints: ["vpce-0a1b2c3d4e5f60718"],
  services: [],
  description: undefined,
  opened: "collection",
  isList: false,
  ...more,
});

const itemsOf = (units: readonly NetworkUnit[]) => networkItems(units, bytes, room);
const inRow = (units: readonly NetworkUnit[]) => inOrder(itemsOf(units), () => false);
const placeOf = ({ pattern, position }: NetworkItem) => [pattern, position.join()];

test("grants to the same sources stand in one row each, even where they have most collections in common", () => {
  const all = names(20);
  const units = [all, all.slice(0, 19), all.slice(1), [...all, "orders-020"]].map((patterns) =>
    unit({ patterns }),
  );
  // The place of a collection, without its own hash, is the place of its grant.
  const grants = inRow(units).map(({ position }) => position.slice(0, -2).join());
  const changes = grants.filter((grant, index) => grant !== grants[index - 1]).length;
  expect(new Set(grants).size).toBe(units.length);
  expect(changes).toBe(units.length);
});

test("a grant stays where it is when another one with the same collections comes to stand beside it", () => {
  const first = unit({ patterns: names(20) });
  const alone = itemsOf([first]).map(placeOf);
  const second = unit({ patterns: names(21) });
  expect(itemsOf([second, first]).slice(21).map(placeOf)).toEqual(alone);
});

test("of two lists with the same first collection and source the longer one stays where it is", () => {
  const long = unit({ patterns: names(60), isList: true });
  const alone = itemsOf([long]).map(placeOf);
  // Without its last collections it still has the one that comes first by its hash.
  const short = unit({ patterns: names(58), isList: true });
  const both = itemsOf([short, long]);
  const shortPlaces = both.slice(0, 58).map(placeOf);
  expect(both.slice(58).map(placeOf)).toEqual(alone);
  expect(new Set([...shortPlaces, ...alone].map(([, place]) => place)).size).toBe(118);
  const rows = inRow([short, long]).map(({ position }) => position.slice(0, -2).join());
  expect(rows.filter((row, index) => row !== rows[index - 1])).toHaveLength(2);
});
