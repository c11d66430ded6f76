import { z } from "zod";
import { checkRegion, type Problem, parseCidr } from "../../service";
import { checkBlocks, checkIdsOnce, entriesOf, keyIssue } from "./network-checks";
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

/** A text of a form, and what to do about one that has another. */
const formed = (form: RegExp, problem: (text: string) => string, remedy: (text: string) => string) =>
  z.string().superRefine((text, context) => {
    if (!form.test(text)) refuse(context, { problem: problem(text), remedy: remedy(text) });
  });

const accountId = formed(
  /^\d{12}$/,
  (text) => `"${text}" is not an account id`,
  () => "an account id has 12 digits, in quotes",
);

const subnetSchema = z.strictObject({
  /** a letter: `a` for `eu-central-1a` in eu-central-1 */
  zone: formed(
    letter,
    (text) => `zone: "${text}" is not a letter`,
    (text) => {
      const meant = /^[a-z-]+\d+([a-z])$/.exec(text)?.[1];
      return meant === undefined ? "give a letter, such as a for eu-central-1a" : `did you mean "${meant}"?`;
    },
  ),
  cidr: cidr.optional(),
  ipv6Cidr: cidr.optional(),
});

const id = (prefix: string) =>
  formed(
    new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`),
    (text) => `"${text}" is not an id of this kind`,
    () => `write ${prefix}- and 8 or 17 of 0-9 and a-f`,
  );

const vpcSchema = z
  .strictObject({
    cidr,
    ipv6Cidr: cidr.optional(),
    dnsSupport: z.boolean().default(true),
    dnsHostnames: z.boolean().default(true),
    /** the account that shares this VPC */
    owner: accountId.optional(),
    subnets: recordOf(id("subnet"), subnetSchema).default({}),
    securityGroups: recordOf(
      id("sg"),
      z.strictObject({ name: z.string(), description: z.string().optional() }),
    ).default({}),
  })
  .superRefine((vpc, context) => {
    checkBlocks(vpc, (problem, remedy, path) => refuse(context, { problem, remedy }, [...path]));
  }, always);

const bucketName = formed(
  /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  (text) => `"${text}" is not the name of a bucket`,
  () => 'write 3 to 63 of a-z, 0-9, "." and "-", a letter or digit first and last',
);

const regionSchema = z
  .strictObject({
    /** in S3, empty */
    buckets: z.array(bucketName).optional(),
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
  })
  .superRefine(({ vpcs }, context) => {
    checkIdsOnce(vpcs, (name, first, path) => {
      context.addIssue(keyIssue(`${name} is in ${first} already`, "give it another id", vpcs, path));
    });
  }, always);

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
  accounts: recordOf(accountId, accountSchema).superRefine((accounts, context) => {
    if (Object.keys(accounts).length > 0) return;
    refuse(context, {
      problem: "accounts: none is given",
      remedy: 'add one, such as "123456789012": { regions: {} }',
    });
  }, always),
});

export type AccountWorld = z.output<typeof accountSchema>;
export type RegionWorld = z.output<typeof regionSchema>;
export type World = z.output<typeof worldSchema>;
/** A world as it may be written: what has a default may be left out. */
export type WorldFile = z.input<typeof worldSchema>;
