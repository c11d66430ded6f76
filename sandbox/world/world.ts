import ipaddr from "ipaddr.js";
import { z } from "zod";
import { parseCidr } from "../../service";

const cidr = z.string().superRefine((text, context) => {
  const parsed = parseCidr(text);
  if ("problem" in parsed) {
    context.addIssue({ code: "custom", message: parsed.problem, params: { remedy: parsed.remedy } });
  }
});

const subnetSchema = z.strictObject({
  /** a letter: `a` for `eu-central-1a` in eu-central-1 */
  zone: z.string().regex(/^[a-z]$/, "a zone is a letter, such as a for eu-central-1a"),
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
  subnets: z.record(id("subnet"), subnetSchema).default({}),
  securityGroups: z
    .record(id("sg"), z.strictObject({ name: z.string(), description: z.string().optional() }))
    .default({}),
});

/** A subnet's IPv4 block lies in that of its VPC. */
const vpcSchema = vpcShape.superRefine((vpc, context) => {
  const [network, length] = ipaddr.IPv4.isValidCIDR(vpc.cidr) ? ipaddr.IPv4.parseCIDR(vpc.cidr) : [];
  if (!network || length === undefined) return;
  for (const [id, { cidr: block }] of Object.entries(vpc.subnets)) {
    if (block === undefined || !ipaddr.IPv4.isValidCIDR(block)) continue;
    const [address, own] = ipaddr.IPv4.parseCIDR(block);
    if (own >= length && address.match(network, length)) continue;
    const message = `cidr "${block}": not in the VPC's ${vpc.cidr}`;
    const remedy = "give the subnet a block of its VPC";
    context.addIssue({ code: "custom", path: ["subnets", id, "cidr"], message, params: { remedy } });
  }
});

const regionSchema = z.strictObject({
  vpcs: z.record(id("vpc"), vpcSchema).default({}),
  prefixLists: z
    .record(
      id("pl"),
      z.strictObject({
        name: z.string(),
        addressFamily: z.enum(["IPv4", "IPv6"]).default("IPv4"),
        entries: z.array(cidr).default([]),
        owner: z.string().optional(),
      }),
    )
    .default({}),
});

const accountSchema = z.strictObject({
  regions: z.record(
    z.string().regex(/^[a-z]{2,}(-[a-z]+)+-\d$/, "a Region is named as eu-central-1"),
    regionSchema,
  ),
});

/** A world file: accounts, their Regions, and the networks that stand there before anything is deployed. */
export const worldSchema = z.strictObject({
  version: z.literal(1),
  accounts: z.record(z.string().regex(/^\d{12}$/, "an account id has 12 digits"), accountSchema),
});

export type AccountWorld = z.output<typeof accountSchema>;
export type RegionWorld = z.output<typeof regionSchema>;
export type World = z.output<typeof worldSchema>;
/** A world as it may be written: what has a default may be left out. */
export type WorldFile = z.input<typeof worldSchema>;
