import ipaddr from "ipaddr.js";
import type { Problem } from "./problem";

/** A CIDR block in the one form AWS answers with, so that a plan shows no difference that is none. */
export interface CidrBlock {
  /** The block with the network address, IPv6 shortened as in RFC 5952: `10.20.0.0/16`, `2001:db8::/32`. */
  readonly text: string;
  readonly family: "ipv4" | "ipv6";
  readonly prefixLength: number;
}

/** Reads a CIDR block, IPv4 in four decimal parts or IPv6; a problem if it is none or has host bits set. */
export function parseCidr(text: string): CidrBlock | Problem {
  return usualBlock(text) ?? anyBlock(text);
}

const usualForm = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\/(0|[1-9]\d?)$/;

/** An IPv4 block that is written as AWS answers with it; large plans hold thousands, and nearly all are. */
function usualBlock(text: string): CidrBlock | undefined {
  const [, a, b, c, d, prefix] = usualForm.exec(text) ?? [];
  if (prefix === undefined) return undefined;
  const parts = [Number(a), Number(b), Number(c), Number(d)] as const;
  const prefixLength = Number(prefix);
  if (parts.some((part) => part > 255) || prefixLength > 32) return undefined;
  const address = ((parts[0] * 256 + parts[1]) * 256 + parts[2]) * 256 + parts[3];
  return address % 2 ** (32 - prefixLength) === 0 ? { text, family: "ipv4", prefixLength } : undefined;
}

function anyBlock(text: string): CidrBlock | Problem {
  const [address = "", prefix = "", ...rest] = text.split("/");
  const family = ipaddr.IPv4.isValidFourPartDecimal(address)
    ? "ipv4"
    : ipaddr.IPv6.isValid(address) && !address.includes("%")
      ? "ipv6"
      : undefined;
  if (family && text === address) {
    const whole = family === "ipv4" ? "/32" : "/128";
    return {
      problem: `cidr "${text}": has no prefix length`,
      remedy: `for this one address write "${text}${whole}"`,
    };
  }
  const longest = family === "ipv6" ? 128 : 32;
  if (!family || rest.length > 0 || !/^\d{1,3}$/.test(prefix) || Number(prefix) > longest) {
    return {
      problem: `cidr "${text}": not a CIDR block`,
      remedy: 'write an IPv4 block such as "10.20.0.0/16" or an IPv6 block such as "2001:db8::/32"',
    };
  }
  if (family === "ipv6" && (address.includes(".") || ipaddr.IPv6.parse(address).isIPv4MappedAddress())) {
    return {
      problem: `cidr "${text}": an IPv4 block in IPv6 form`,
      remedy: "write it as IPv4, such as 10.20.0.0/16",
    };
  }
  const version = family === "ipv4" ? ipaddr.IPv4 : ipaddr.IPv6;
  const network = version.networkAddressFromCIDR(`${address}/${Number(prefix)}`).toString();
  const block = `${network}/${Number(prefix)}`;
  // four decimal parts are canonical already; IPv6 may be written at length
  if (network !== address && (family === "ipv4" || network !== version.parse(address).toString())) {
    return { problem: `cidr "${text}": host bits are set`, remedy: `did you mean "${block}"?` };
  }
  return { text: block, family, prefixLength: Number(prefix) };
}

/** Checks a CIDR block: IPv4 or IPv6, host bits clear. */
export function checkCidr(text: string): Problem | undefined {
  const parsed = parseCidr(text);
  return "problem" in parsed ? parsed : undefined;
}

/** Whether the block holds every address of its family. */
export function isAnywhere(block: CidrBlock): boolean {
  return block.prefixLength === 0;
}
