import ipaddr from "ipaddr.js";
import { AwsError } from "../protocol/aws-error";

/** A block of addresses, in canonical form. */
export interface Cidr {
  readonly family: "IPv4" | "IPv6";
  /** the network address */
  readonly first: bigint;
  readonly last: bigint;
  readonly prefixLength: number;
  readonly text: string;
}

/**
 * Reads `10.0.0.0/16` or `2001:db8::/56`. Host bits are cleared, as EC2 does (API reference, CreateVpc). Undefined
 * for what is no CIDR block.
 */
export function parseCidr(text: string): Cidr | undefined {
  const [address = "", length = ""] = text.split("/");
  if (text.split("/").length !== 2 || !/^(?:0|[1-9]\d{0,2})$/.test(length) || address.includes("%"))
    return undefined;
  if (ipaddr.IPv4.isValidFourPartDecimal(address) && ipaddr.IPv4.isValidCIDR(text)) {
    const network = ipaddr.IPv4.networkAddressFromCIDR(text);
    return block("IPv4", network.toByteArray(), Number(length), network.toString());
  }
  if (!ipaddr.IPv6.isValidCIDR(text)) return undefined;
  const network = ipaddr.IPv6.networkAddressFromCIDR(text);
  return block("IPv6", network.toByteArray(), Number(length), network.toRFC5952String());
}

function block(
  family: Cidr["family"],
  bytes: readonly number[],
  prefixLength: number,
  address: string,
): Cidr {
  const first = bytes.reduce((value, byte) => value * 256n + BigInt(byte), 0n);
  const last = first + (1n << BigInt(bytes.length * 8 - prefixLength)) - 1n;
  return { family, first, last, prefixLength, text: `${address}/${prefixLength}` };
}

/** A parameter that has to hold a CIDR block of a family; refused in EC2's words. */
export function requireCidr(parameter: string, text: string, family: Cidr["family"]): Cidr {
  const cidr = parseCidr(text);
  if (cidr?.family === family) return cidr;
  throw new AwsError(
    "InvalidParameterValue",
    `Value (${text}) for parameter ${parameter} is invalid. This is not a valid CIDR block.`,
  );
}

export const overlap = (one: Cidr, other: Cidr): boolean =>
  one.family === other.family && one.first <= other.last && other.first <= one.last;

export const contains = (outer: Cidr, inner: Cidr): boolean =>
  outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;

/** The address that lies so many after the first one of the block. */
export function addressAt({ family, first }: Cidr, offset: number): string {
  const bytes: number[] = [];
  let rest = first + BigInt(offset);
  for (let index = 0; index < (family === "IPv4" ? 4 : 16); index += 1) {
    bytes.unshift(Number(rest % 256n));
    rest /= 256n;
  }
  const address = ipaddr.fromByteArray(bytes);
  return address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString();
}
