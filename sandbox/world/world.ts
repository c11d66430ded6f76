import ipaddr from "ipaddr.js";
import { z } from "zod";
import { checkRegion, type Problem, parseCidr } from "../../service";
import { always, recordOf } from "./record-of";
import { checkZoneLetter } from "./zone-letters";

function refuse(context: z.RefinementCtx, found: Problem | undefined, path: (string | number)[] = []): void {
  if (!found) return;
  const { problem: message, remedy } = found;
  context.addIssue({ code: "custom", message, params: { remedy }, path });
}

const cidr = z.string().superRefine((text, context) => {
  const parsed = parseCidr(text);
  if ("problem" in parsed) refuse(context, parsed);
});

const letter = /^[a-z]$/;

const subnetSchema = z.strictObject({
  /** a letter: `a` for `eu-central-1a` in eu-central-1 */
  zone: z.string().regex(letter, "a zone is a letter, such as a for eu-central-1a"),
  cidr: cidr.optional(),
  ipv6Cidr: cidr.optional(),
});

const id = (prefix: string) =>
  z
    .string()
    .regex(
      new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`),
      `such an id is ${prefix}- and 8 or 17 of 0-9, a-f`,
    );

const vpcShape = z.strictObject({
  cidr,
  ipv6Cidr: cidr.optional(),
  dnsSupport: z.boolean().default(true),
  dnsHostnames: z.boolean().default(true),
  /** the account that shares this VPC */
  owner: z
    .string()
    .regex(/^\d{12}$/, "an account id has 12 digits")
    .optional(),
  subnets: recordOf(id("subnet"), subnetSchema).default({}),
  securityGroups: recordOf(
    id("sg"),
    z.strictObject({ name: z.string(), description: z.string().optional() }),
  ).default({}),
});

/** A subnet's IPv4 block lies in that of its VPC. */
const vpcSchema = vpcShape.superRefine(({ cidr: whole, subnets }, context) => {
  const network = blockOf(whole);
  if (!network) return;
  for (const [id, subnet] of entriesOf(subnets)) {
    const block = blockOf(subnet?.cidr);
    if (!block || (block[1] >= network[1] && block[0].match(...network))) continue;
    const problem = `cidr "${subnet.cidr}": not in the VPC's ${whole}`;
    refuse(context, { problem, remedy: "give the subnet a block of its VPC" }, ["subnets", id, "cidr"]);
  }
}, always);

/** What is no IPv4 block is told where it stands. */
const blockOf = (text: unknown) =>
  typeof text === "string" && ipaddr.IPv4.isValidCIDR(text) ? ipaddr.IPv4.parseCIDR(text) : undefined;

/** Entries of what may be no map; that is told where it stands. */
const entriesOf = <Value>(map: Readonly<Record<string, Value>> | undefined): [string, Value][] =>
  typeof map === "object" && map !== null ? Object.entries(map) : [];

const regionSchema = z.strictObject({
  vpcs: recordOf(id("vpc"), vpcSchema).default({}),
  prefixLists: recordOf(
    id("pl"),
    z.strictObject({
      name: z.string(),
      addressFamily: z.enum(["IPv4", "IPv6"]).default("IPv4"),
      entries: z.array(cidr).default([]),
      owner: z.string().optional(),
    }),
  ).default({}),
});

const regionName = z.string().superRefine((name, context) => refuse(context, checkRegion(name)));

const accountSchema = z
  .strictObject({ regions: recordOf(regionName, regionSchema) })
  .superRefine(({ regions }, context) => {
    for (const [name, region] of entriesOf(regions)) {
      for (const [vpc, network] of entriesOf(region?.vpcs)) {
        for (const [subnet, value] of entriesOf(network?.subnets)) {
          if (!letter.test(value?.zone)) continue;
          const path = ["regions", name, "vpcs", vpc, "subnets", subnet, "zone"];
          refuse(context, checkZoneLetter(name, value.zone), path);
        }
      }
    }
  }, always);

/** A world file: accounts, their Regions, and the networks that stand there before anything is deployed. */
export const worldSchema = z.strictObject({
  version: z.literal(1),
  accounts: recordOf(z.string().regex(/^\d{12}$/, "an account id has 12 digits"), accountSchema),
});

export type AccountWorld = z.output<typeof accountSchema>;
export type RegionWorld = z.output<typeof regionSchema>;
export type World = z.output<typeof worldSchema>;
/** A world as it may be written: what has a default may be left out. */
export type WorldFile = z.input<typeof worldSchema>;
