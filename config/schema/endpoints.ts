import { z } from "zod";
import {
  checkCidr,
  checkResourceName,
  checkRuleDescription,
  checkSecurityGroups,
  checkSharedZone,
  checkSubnets,
  isAnywhere,
  nobodyMayConnect,
  type Problem,
  parseCidr,
  quotas,
  resourceName,
} from "../../service";
import { always, id, meant, report, tags, text, wishedLength } from "./fields";
import { toldTogether } from "./not-here";

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

/** Which collections an endpoint serves, or a collection is of. */
export const generation = z.enum(["classic", "nextgen"]);

const managedEndpoint = z
  .strictObject({
    generation: generation.default("classic").meta({
      description:
        "Which collections it serves: classic, an endpoint that OpenSearch Serverless manages, or nextgen, an interface endpoint for aoss-data. Another one replaces the endpoint",
    }),
    name: text(checkResourceName, {
      description:
        "Name in AWS, 3 to 32 characters; default: STACK-KEY. A new name replaces a classic endpoint",
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
    tags: tags("Tags of the endpoint").default({}),
    shareZoneWith: z.array(id("vpc", "A VPC other than the endpoint's")).default([]).meta({
      description:
        "VPCs that the private hosted zone of a classic endpoint is associated with; not known to be enough for their clients, see docs/access-file.md",
    }),
  })
  .superRefine((entry, context) => {
    const allowed = wishedLength(meant(entry, "allow", context));
    const groups = meant(entry, "securityGroups", context);
    const extra: string[] = Array.isArray(groups) ? groups : [];
    report(context, checkSecurityGroups(extra, allowed > 0), ["securityGroups"]);
    if (allowed === 0 && extra.length === 0) report(context, nobodyMayConnect, ["allow"]);
    const shareZoneWith = Array.isArray(entry.shareZoneWith) ? entry.shareZoneWith : [];
    for (const { index, ...problem } of checkSharedZone({ ...entry, shareZoneWith })) {
      report(context, problem, index === undefined ? ["shareZoneWith"] : ["shareZoneWith", index]);
    }
  }, always)
  .meta({ description: "An endpoint made and kept by this stack" });

/** What an endpoint is told that is made here, and that one that exists already is not. */
const keysOfManaged = Object.keys(managedEndpoint.shape).filter((key) => key !== "generation");

const existingEndpoint = z
  .strictObject({
    id: id("endpoint", "Id of an endpoint that exists already"),
    generation: generation
      .meta({ description: "Which collections it serves; not said: not known, and not checked" })
      .optional(),
    ...Object.fromEntries(keysOfManaged.map((key) => [key, toldTogether()])),
  })
  .superRefine((entry, context) => {
    const given = keysOfManaged.filter((key) => key in entry);
    if (given.length === 0) return;
    const others = given.join(", ");
    report(
      context,
      {
        problem: `id beside ${others}: an endpoint exists already or is made here, not both`,
        remedy: `leave out id to have it made, or leave out ${others} to name the one that exists`,
      },
      ["id"],
    );
  }, always)
  .meta({ description: "An endpoint that exists already, of this account or another" });

/** One endpoint; which of the two forms is meant is told by the key `id`. */
export const endpointEntry = z.union([existingEndpoint, managedEndpoint]);

/** The two forms of an endpoint, to judge an entry by the one that is meant. */
export const endpointForms = { existing: existingEndpoint, managed: managedEndpoint };
