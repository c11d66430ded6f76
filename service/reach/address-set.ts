import ipaddr from "ipaddr.js";

/** Addresses from `first` to `last`, both included, as numbers of one space that holds IPv6 and, above it, IPv4. */
interface AddressRange {
  readonly first: bigint;
  readonly last: bigint;
}

/** A set of addresses: ranges in order, with a gap between any two. */
export type AddressSet = readonly AddressRange[];

export const noAddress: AddressSet = [];

/** IPv4 starts here, apart from the last IPv6 address, so that the two families never touch. */
const ipv4Start = 1n << 129n;

function toNumber(address: ipaddr.IPv4 | ipaddr.IPv6): bigint {
  const value = address.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return address.kind() === "ipv4" ? ipv4Start + value : value;
}

/** The addresses of a CIDR block, IPv4 or IPv6; undefined if it is none. Host bits are left aside. */
export function addressesOf(cidr: string): AddressSet | undefined {
  if (!ipaddr.isValidCIDR(cidr)) return undefined;
  const [address, prefixLength] = ipaddr.parseCIDR(cidr);
  const size = 1n << BigInt((address.kind() === "ipv4" ? 32 : 128) - prefixLength);
  const first = (toNumber(address) / size) * size;
  return [{ first, last: first + size - 1n }];
}

/** The addresses of several CIDR blocks; what is no CIDR block adds none. */
export function addressesOfAll(cidrs: readonly string[]): AddressSet {
  return union(...cidrs.map((cidr) => addressesOf(cidr) ?? noAddress));
}

export function union(...sets: readonly AddressSet[]): AddressSet {
  const ranges = sets.flat().sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  const joined: { first: bigint; last: bigint }[] = [];
  for (const { first, last } of ranges) {
    const before = joined.at(-1);
    if (!before || first > before.last + 1n) joined.push({ first, last });
    else if (last > before.last) before.last = last;
  }
  return joined;
}

/** What is in `a` and not in `b`. */
export function difference(a: AddressSet, b: AddressSet): AddressSet {
  return a.flatMap(({ first, last }) => {
    const left: AddressRange[] = [];
    let next = first;
    for (const hole of b) {
      if (hole.last < next || hole.first > last) continue;
      if (hole.first > next) left.push({ first: next, last: hole.first - 1n });
      next = hole.last + 1n;
    }
    return next <= last ? [...left, { first: next, last }] : left;
  });
}

export const intersection = (a: AddressSet, b: AddressSet) => difference(a, difference(a, b));
export const isEmpty = (set: AddressSet) => set.length === 0;
export const holdsAll = (set: AddressSet, part: AddressSet) => isEmpty(difference(part, set));
export const overlaps = (a: AddressSet, b: AddressSet) => !isEmpty(intersection(a, b));

/** The fewest CIDR blocks that make up the set, IPv4 first, in order of address. */
export function cidrsOf(set: AddressSet): string[] {
  const inOrder = [...set].sort((a, b) => Number(b.first >= ipv4Start) - Number(a.first >= ipv4Start));
  return inOrder.flatMap((range) => {
    const [start, bits] = range.first >= ipv4Start ? [ipv4Start, 32] : [0n, 128];
    const cidrs: string[] = [];
    let first = range.first - start;
    const last = range.last - start;
    while (first <= last) {
      let hostBits = 0;
      while (hostBits < bits && first % (1n << BigInt(hostBits + 1)) === 0n) {
        if (first + (1n << BigInt(hostBits + 1)) - 1n > last) break;
        hostBits += 1;
      }
      cidrs.push(`${toText(first, bits)}/${bits - hostBits}`);
      first += 1n << BigInt(hostBits);
    }
    return cidrs;
  });
}

function toText(value: bigint, bits: number): string {
  const bytes = Array.from({ length: bits / 8 }, (_, place) =>
    Number((value >> BigInt(bits - 8 * (place + 1))) & 0xffn),
  );
  return ipaddr.fromByteArray(bytes).toString();
}
