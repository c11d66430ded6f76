import fc from "fast-check";
import {
  type AddressSet,
  addressesOf,
  addressesOfAll,
  cidrsOf,
  difference,
  holdsAll,
  intersection,
  overlaps,
  union,
} from "../../../service/reach/address-set";
import { inBlock } from "./naive-model";

/** The last 16 and the first 16 addresses of two neighbouring blocks, and as many of IPv6. */
const addresses = Array.from({ length: 16 }, (_, place) => [
  `10.0.255.${240 + place}`,
  `10.1.0.${place}`,
  `2001:db8::${place.toString(16)}`,
]).flat();

/** The block of up to 16 addresses around one of them. */
const block = fc.tuple(fc.constantFrom(...addresses), fc.nat(4)).map(([address, hostBits]) => {
  const [base, bits] = address.includes(":") ? [16, 128] : [10, 32];
  const end = Math.max(address.lastIndexOf("."), address.lastIndexOf(":")) + 1;
  const last = Number.parseInt(address.slice(end), base);
  return `${address.slice(0, end)}${(last - (last % 2 ** hostBits)).toString(base)}/${bits - hostBits}`;
});
const blocks = fc.array(block, { maxLength: 5 });
const runs = { numRuns: 2_000 };

const inBlocks = (cidrs: readonly string[]) =>
  addresses.filter((address) => cidrs.some((cidr) => inBlock(address, cidr)));
const inSet = (set: AddressSet) => inBlocks(cidrsOf(set));

test("sets of addresses add up, meet and are taken apart as their addresses are", () => {
  fc.assert(
    fc.property(blocks, blocks, (one, other) => {
      const [a, b] = [addressesOfAll(one), addressesOfAll(other)];
      const [inA, inB] = [inBlocks(one), inBlocks(other)];
      expect(inSet(a)).toEqual(inA);
      expect(inSet(union(a, b))).toEqual(inBlocks([...one, ...other]));
      expect(inSet(difference(a, b))).toEqual(inA.filter((address) => !inB.includes(address)));
      expect(inSet(intersection(a, b))).toEqual(inA.filter((address) => inB.includes(address)));
      expect(holdsAll(a, b)).toBe(inB.every((address) => inA.includes(address)));
      expect(overlaps(a, b)).toBe(inB.some((address) => inA.includes(address)));
    }),
    runs,
  );
});

test("a set is told in the fewest blocks: no two of them make up one, and they give back the set", () => {
  fc.assert(
    fc.property(blocks, (some) => {
      const cidrs = cidrsOf(addressesOfAll(some));
      expect(addressesOfAll(cidrs)).toEqual(addressesOfAll(some));
      for (const cidr of cidrs) {
        const [text, bits] = cidr.split("/") as [string, string];
        const twice = addressesOf(`${text}/${Number(bits) - 1}`) as AddressSet;
        expect(holdsAll(addressesOfAll(cidrs), twice)).toBe(false);
      }
    }),
    runs,
  );
});

test.each([
  [
    ["10.0.255.0/24", "10.1.0.0/24"],
    ["10.0.255.0/24", "10.1.0.0/24"],
  ],
  [["10.0.0.0/24", "10.0.1.0/24"], ["10.0.0.0/23"]],
  [["::/1", "8000::/1"], ["::/0"]],
  [
    ["ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128", "0.0.0.0/32"],
    ["0.0.0.0/32", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128"],
  ],
])("%j is told as %j", (blocks, expected) => {
  expect(cidrsOf(addressesOfAll(blocks))).toEqual(expected);
});

test("what is no block has no addresses", () => {
  expect(addressesOf("10.0.0.0")).toBeUndefined();
  expect(addressesOf("<cidr of apps>")).toBeUndefined();
  expect(addressesOfAll(["<cidr of apps>"])).toEqual([]);
});
