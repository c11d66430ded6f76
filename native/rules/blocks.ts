import { checkCidr } from "../../service";
import { matches, withName } from "../hcl";
import { given, message, type Values } from "../message";

const fourParts = /^(0|[1-9][0-9]{0,2})([.](0|[1-9][0-9]{0,2})){3}$/;

/**
 * Read as far as HCL needs it: an address, the address in the usual form of IPv6, the prefix length as text, how many
 * parts "/" leaves, and the block with its network address. What cannot be read is "": HCL works out both sides of "&&".
 */
const partsOf = (value: string) =>
  withName(
    "address",
    `split("/", ${value})[0]`,
    `{ address = address, ipv6 = try(cidrhost("\${address}/128", 0), ""), prefix = try(split("/", ${value})[1], ""), count = length(split("/", ${value})), network = try(cidrsubnet(${value}, 0, 0), "") }`,
  );

/** Bits of an address: 32, 128, or 0 for what is no address. */
const bits = [
  `${matches(fourParts, "block.address")} && can(cidrhost("\${block.address}/32", 0)) ? 32`,
  'strcontains(block.address, ":") && !strcontains(block.address, "%") && block.ipv6 != "" ? 128',
  "0",
].join(" : ");

/** An IPv4 address in IPv6 form is written as IPv4 by what Terraform is made of. */
const isMapped = 'bits == 128 && (strcontains(block.address, ".") || !strcontains(block.ipv6, ":"))';

/**
 * What is wrong with a CIDR block, "" for nothing: an expression.
 * @param isMeant expression that is true where a block of all addresses is meant
 */
export function blockProblem(value: string, isMeant: string, at: string): string {
  const told = (example: string, values: Values = {}) =>
    message(at, checkCidr(example), { [example]: value, ...values });
  const anywhere = {
    problem: `cidr "${given}": allows every address that can route to the VPC`,
    remedy: "name the clients' blocks, or pass allowAnywhere: true if this is meant",
  };
  const judged = [
    `bits == 32 && block.count == 1 ? ${told("1.2.3.4")}`,
    `bits == 128 && block.count == 1 ? ${told("::1")}`,
    `bits == 0 || block.count != 2 || !${matches(/^[0-9]{1,3}$/, "block.prefix")} || try(tonumber(block.prefix), 0) > bits ? ${told(given)}`,
    `${isMapped} ? ${told("::ffff:1.2.3.4/128")}`,
    `split("/", block.network)[0] != (bits == 32 ? block.address : block.ipv6) ? ${told("10.1.2.3/8", { "10.0.0.0/8": "block.network" })}`,
    `tonumber(block.prefix) == 0 && !${isMeant} ? ${message(at, anywhere, { [given]: value })}`,
    '""',
  ].join(" : ");
  return withName("block", partsOf(value), withName("bits", bits, judged));
}
