import { checkCidr } from "../../service";
import { matches, withName } from "../hcl";
import { given, message, type Values } from "../message";

const fourParts = /^(0|[1-9][0-9]{0,2})([.](0|[1-9][0-9]{0,2})){3}$/;

/** Read as far as HCL needs it: an address, the prefix length as text, and how many parts "/" leaves. */
const partsOf = (value: string) =>
  `{ address = split("/", ${value})[0], prefix = try(split("/", ${value})[1], ""), count = length(split("/", ${value})) }`;

/** Bits of an address: 32, 128, or 0 for what is no address. */
const bits = [
  `${matches(fourParts, "block.address")} && can(cidrhost("\${block.address}/32", 0)) ? 32`,
  'strcontains(block.address, ":") && !strcontains(block.address, "%") && can(cidrhost("${block.address}/128", 0)) ? 128',
  "0",
].join(" : ");

/** An IPv4 address in IPv6 form is written as IPv4 by what Terraform is made of. */
const isMapped =
  'bits == 128 && (strcontains(block.address, ".") || !strcontains(cidrhost("${block.address}/128", 0), ":"))';

/** The address as it is usually written; IPv6 may be written at length. */
const usual = 'bits == 32 ? block.address : cidrhost("${block.address}/128", 0)';

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
    `split("/", cidrsubnet(${value}, 0, 0))[0] != (${usual}) ? ${told("10.1.2.3/8", { "10.0.0.0/8": `cidrsubnet(${value}, 0, 0)` })}`,
    `tonumber(block.prefix) == 0 && !${isMeant} ? ${message(at, anywhere, { [given]: value })}`,
    '""',
  ].join(" : ");
  return withName("block", partsOf(value), withName("bits", bits, judged));
}
