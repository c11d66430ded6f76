import { z } from "zod";
import {
  checkCidr,
  checkCollectionPattern,
  checkGrant,
  checkId,
  checkResourceName,
  checkRuleDescription,
  checkSecurityGroups,
  checkService,
  checkSubnets,
  collectionPattern,
  type IdKind,
  idForms,
  isAnywhere,
  nobodyMayConnect,
  type Problem,
  parseCidr,
  quotas,
  type Rule,
  regionPattern,
  resourceName,
  servicePattern,
} from "../service";
import type { AccessFile } from "./access-file";

/** Adds what a rule finds to zod's issues, the remedy beside the problem. */
function report(
  context: z.RefinementCtx,
  problem: Problem | undefined,
  path: (string | number)[] = [],
): void {
  if (problem) context.addIssue({ code: "custom", message: problem.problem, path, params: problem });
}

/** Runs a rule about several fields also where one of them is wrong by itself, so that no mistake hides another. */
const always = { when: ({ value }: z.core.ParsePayload) => typeof value === "object" && value !== null };

/** What is no list is told by itself; it is not told again as if nothing had been given. */
const wishedLength = (value: unknown) => (Array.isArray(value) ? value.length : value === undefined ? 0 : 1);

function text(rule: Rule<string>, describe: { description: string; pattern?: string }) {
  return z
    .string()
    .superRefine((value, context) => report(context, rule(value)))
    .meta(describe);
}

function id(kind: IdKind, description: string) {
  return text((value) => checkId(kind, value), { description, pattern: idForms[kind].pattern.source });
}

const keyPattern = /^[a-z][a-z0-9-]{0,39}$/;

function key(what: string) {
  return text(
    (value) =>
      keyPattern.test(value)
        ? undefined
        : {
            problem: `${what} "${value}": up to 40 of a-z, 0-9 and "-" are allowed, a letter first`,
            remedy: "rename it; Terraform addresses are made of it",
          },
    { description: `${what}; Terraform addresses are made of it`, pattern: keyPattern.source },
  );
}

const sourceKinds = ["cidr", "securityGroup", "prefixList"] as const;

const source = z
  .strictObject({
    cidr: text(checkCidr, {
      description: "IPv4 or IPv6 block with its network address: 10.20.0.0/16",
    }).optional(),
    securityGroup: id("securityGroup", "Members of this security group").optional(),
    prefixList: id("prefixList", "The blocks of this prefix list").optional(),
    allowAnywhere: z.boolean().meta({ description: "Says that 0.0.0.0/0 or ::/0 is meant" }).optional(),
    description: text(checkRuleDescription, { description: "Stands in the security group rule" }).optional(),
  })
  .superRefine((entry, context) => {
    const kinds = sourceKinds.filter((kind) => entry[kind] !== undefined);
    if (kinds.length !== 1) {
      report(context, {
        problem: `a source is one of cidr, securityGroup, prefixList; ${kinds.length === 0 ? "none" : kinds.join(" and ")} given`,
        remedy: kinds.length === 0 ? "add one of them" : "make each a source of its own",
      });
    }
    if (typeof entry.cidr === "string")
      report(context, checkAnywhere(entry.cidr, entry.allowAnywhere), ["cidr"]);
    else if (entry.allowAnywhere !== undefined) {
      report(context, { problem: "allowAnywhere goes with a cidr", remedy: "leave it out" }, [
        "allowAnywhere",
      ]);
    }
  }, always)
  .meta({ description: "Who may open a connection: exactly one of cidr, securityGroup, prefixList" });

function checkAnywhere(cidr: string, allowAnywhere: boolean | undefined): Problem | undefined {
  const block = parseCidr(cidr);
  if ("problem" in block || isAnywhere(block) === (allowAnywhere ?? false)) return undefined;
  return isAnywhere(block)
    ? {
        problem: `cidr "${cidr}": allows every address that can route to the VPC`,
        remedy: "name the clients' blocks, or write allowAnywhere: true beside it if this is meant",
      }
    : { problem: `allowAnywhere: "${cidr}" is not all addresses`, remedy: "leave allowAnywhere out" };
}

const managedEndpoint = z
  .strictObject({
    name: text(checkResourceName, {
      description: "Name in AWS, 3 to 32 characters; default: STACK-KEY. A new name replaces the endpoint",
      pattern: resourceName.pattern.source,
    }).optional(),
    vpc: id("vpc", "The VPC; another one replaces the endpoint"),
    subnets: z
      .array(id("subnet", "A subnet of the VPC"))
      .superRefine((value, context) => report(context, checkSubnets(value)))
      .meta({
        description: "Subnets in different Availability Zones",
        minItems: 1,
        maxItems: quotas.subnetsPerEndpoint.limit,
      }),
    allow: z
      .array(source)
      .default([])
      .meta({ description: "Who may connect on TCP 443; they make the endpoint's own security group" }),
    securityGroups: z
      .array(id("securityGroup", "A security group that exists already"))
      .default([])
      .meta({ description: "Further security groups of the endpoint, kept elsewhere" }),
  })
  .superRefine((entry, context) => {
    const allowed = wishedLength(entry.allow);
    const extra = Array.isArray(entry.securityGroups) ? entry.securityGroups : [];
    report(context, checkSecurityGroups(extra, allowed > 0), ["securityGroups"]);
    if (allowed === 0 && extra.length === 0) report(context, nobodyMayConnect, ["allow"]);
  }, always)
  .meta({ description: "An endpoint made and kept by this stack" });

const existingEndpoint = z
  .strictObject({ id: id("endpoint", "Id of an endpoint that exists already") })
  .meta({ description: "An endpoint that exists already, of this account or another" });

const grant = z
  .strictObject({
    collections: z
      .array(
        text(checkCollectionPattern, {
          description: "A collection's name, a prefix (logs-*), or *",
          pattern: collectionPattern.source,
        }),
      )
      .meta({ description: "Collections by name or prefix; they need not exist yet", minItems: 1 }),
    dashboards: z
      .boolean()
      .default(false)
      .meta({ description: "Whether the endpoints reach the collections' dashboards too" }),
    from: z
      .array(z.string())
      .default([])
      .meta({ description: "Endpoints: their keys in this stack, or vpce- ids" }),
    services: z
      .array(text(checkService, { description: "bedrock.amazonaws.com", pattern: servicePattern.source }))
      .default([])
      .meta({ description: "AWS services that reach the collections without an endpoint" }),
    description: z.string().max(1000).meta({ description: "Stands in the network policy" }).optional(),
  })
  .superRefine((entry, context) => {
    report(
      context,
      checkGrant({
        collections: Array.isArray(entry.collections) ? entry.collections.length : 1,
        dashboards: entry.dashboards === true,
        endpoints: wishedLength(entry.from),
        services: wishedLength(entry.services),
      }),
    );
  }, always)
  .meta({ description: "Which collections these endpoints or services may reach" });

const tags = z
  .record(
    text(
      (tag) =>
        tag.length >= 1 && tag.length <= 128
          ? undefined
          : { problem: `tag key of ${tag.length} characters, 1 to 128 are allowed`, remedy: "rename it" },
      { description: "Key of the tag" },
    ),
    z.string().max(256),
  )
  .superRefine((value, context) => {
    const { limit } = quotas.tagsPerResource;
    const count = Object.keys(value).length;
    if (count >= limit) {
      report(context, {
        problem: `tags: ${count} given, ${limit - 1} are allowed beside the security groups' Name`,
        remedy: `drop ${count - limit + 1}`,
      });
    }
    for (const reserved of Object.keys(value).filter((tag) => tag.toLowerCase().startsWith("aws:"))) {
      report(context, { problem: `tag "${reserved}": aws: is reserved`, remedy: "rename it" }, [reserved]);
    }
  }, always)
  .meta({ description: "Tags of everything in the stack that takes tags" });

/** One endpoint; which of the two forms is meant is told by the key `id`. */
export const endpointEntry = z.union([existingEndpoint, managedEndpoint]);

/** The two forms of an endpoint, to judge an entry by the one that is meant. */
export const endpointForms = { existing: existingEndpoint, managed: managedEndpoint };

/** One grant. */
export const grantEntry = grant;

const stack = z
  .strictObject({
    region: text(
      (value) =>
        regionPattern.test(value)
          ? undefined
          : { problem: `"${value}" is not a Region`, remedy: 'give one such as "eu-central-1"' },
      { description: "AWS Region", pattern: regionPattern.source },
    ),
    account: id(
      "account",
      "The only account that this stack may be applied to, 12 digits in quotes",
    ).optional(),
    tags: tags.default({}),
    endpoints: z.record(key("endpoint key"), z.unknown()),
    grants: z.array(z.unknown()).default([]),
  })
  .meta({ description: "One account and Region, its endpoints and what they may reach" });

/** The frame of the access file; endpoints and grants are judged one by one, so that one mistake hides no other. */
export const accessFileFrame = z.strictObject({
  version: z.literal(1).meta({ description: "Version of this format" }),
  stacks: z
    .record(key("stack name"), stack)
    .superRefine((value, context) => {
      if (Object.keys(value).length === 0) {
        report(context, {
          problem: "stacks: none is given",
          remedy: "add a stack with region and endpoints",
        });
      }
    })
    .meta({ description: "Stacks by name" }),
});

/** The whole access file, as editors see it in `access.schema.json`. */
export const accessFileSchema = accessFileFrame.extend({
  stacks: z
    .record(
      key("stack name"),
      stack.extend({
        endpoints: z
          .record(key("endpoint key"), endpointEntry)
          .meta({ description: "Interface endpoints by key, one in each VPC" }),
        grants: z.array(grant).default([]).meta({ description: "Who reaches which collections" }),
      }),
    )
    .meta({ description: "Stacks by name; each is planned and deployed by itself" }),
}) satisfies z.ZodType<AccessFile>;
