import { z } from "zod";
import { operatorNamed } from "../access/policy-conditions";
import { malformedPolicy } from "./refusals";

// Grammar of policies: IAM user guide, JSON policy element reference. What the refusals say is what people report
// of IAM; where nobody does, it is "Syntax errors in policy."

const texts = z.union([z.string().transform((text) => [text]), z.array(z.string())]);
const conditionValue = z.union([z.string(), z.number(), z.boolean()]);
const principals = z.record(z.enum(["AWS", "CanonicalUser", "Federated", "Service"]).or(z.string()), texts);

const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: z.union([z.literal("*"), principals]).optional(),
  NotPrincipal: z.union([z.literal("*"), principals]).optional(),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Condition: z
    .record(z.string(), z.record(z.string(), z.union([conditionValue, z.array(conditionValue)])))
    .optional(),
});

const policySchema = z.strictObject({
  Version: z.enum(["2012-10-17", "2008-10-17"]).optional(),
  Id: z.string().optional(),
  Statement: z.union([statementSchema.transform((one) => [one]), z.array(statementSchema).min(1)]),
});

export type PolicyStatement = z.output<typeof statementSchema>;

/** Reads a policy that a role or another identity holds. Throws MalformedPolicyDocument. */
export function checkIdentityPolicy(text: string): void {
  const { Version, Statement } = readPolicy(text);
  if (Version !== "2012-10-17") {
    throw malformedPolicy("Policy document must be version 2012-10-17 or greater.");
  }
  for (const statement of Statement) {
    if (statement.Principal !== undefined || statement.NotPrincipal !== undefined) {
      throw malformedPolicy("Policy document should not specify a principal.");
    }
    requireOneOf(statement.Action, statement.NotAction, "actions");
    for (const resource of requireOneOf(statement.Resource, statement.NotResource, "resources")) {
      checkResource(resource);
    }
  }
}

/** The statements of any policy, each right in itself. Throws MalformedPolicyDocument. */
export function readPolicy(text: string): z.output<typeof policySchema> {
  const { data: policy } = policySchema.safeParse(parsed(text));
  if (!policy) throw malformedPolicy("Syntax errors in policy.");
  const sids = policy.Statement.flatMap(({ Sid }) => (Sid ? [Sid] : []));
  if (sids.some((sid) => !/^[0-9A-Za-z]*$/.test(sid))) {
    throw malformedPolicy(
      "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
    );
  }
  if (new Set(sids).size < sids.length) {
    throw malformedPolicy("Statement IDs (SID) in a single policy must be unique.");
  }
  for (const { Action, NotAction, Condition = {} } of policy.Statement) {
    const keys = Object.values(Condition).flatMap((block) => Object.keys(block));
    const actions = [...(Action ?? []), ...(NotAction ?? [])].filter((action) => action !== "*");
    if (!actions.every(hasVendor) || !keys.every((key) => key.includes(":"))) {
      throw malformedPolicy("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
    }
    const operator = Object.keys(Condition).find((name) => !operatorNamed(name));
    if (operator !== undefined) throw malformedPolicy(`Invalid Condition type : ${operator}.`);
  }
  return policy;
}

const hasVendor = (action: string): boolean =>
  action === "*:*" || /^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/.test(action);

/** `Action` or `NotAction`, and the like: one of the two, with something in it. */
function requireOneOf(
  some: readonly string[] | undefined,
  allBut: readonly string[] | undefined,
  what: "actions" | "resources",
): readonly string[] {
  if (some && allBut) throw malformedPolicy("Syntax errors in policy.");
  const found = some ?? allBut ?? [];
  if (found.length === 0) throw malformedPolicy(`Policy statement must contain ${what}.`);
  return found;
}

function checkResource(resource: string): void {
  if (resource === "*") return;
  const [arn, partition = "", ...rest] = resource.split(":");
  if (arn !== "arn" || rest.length < 4) {
    throw malformedPolicy(`Resource ${resource} must be in ARN format or "*".`);
  }
  if (!["*", "aws", "aws-cn", "aws-us-gov"].includes(partition)) {
    throw malformedPolicy(`Partition "${partition}" is not valid for resource "${resource}".`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformedPolicy("Syntax errors in policy.");
  }
}

/** How long a policy is for IAM's quotas, which do not count white space. */
export const policySize = (text: string): number => text.replaceAll(/\s/g, "").length;
