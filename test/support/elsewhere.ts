/** What the sandbox asked of the caller's policies: one action on one resource. */
export interface Question {
  /** as in IAM: `ec2:CreateVpcEndpoint` */
  readonly action: string;
  /** an ARN, or `*` */
  readonly resource: string;
  readonly account: string;
  /** Values of the condition keys that the policies name, as far as the request has them. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

/** A question about another account, Region, network, key or collection than the deployment's. */
export interface Elsewhere {
  /** what is another */
  readonly where: "account" | "Region" | "VPC" | "subnet" | "security group" | "key" | "collection";
  readonly action: string;
  readonly resource: string;
  /** the condition keys, for whoever is told them */
  readonly context: Question["context"];
  /** keys of the request, for whoever works out the others; undefined: as they were */
  readonly request: Readonly<Record<string, readonly string[]>> | undefined;
}

/** What stands in ARNs, and what does not belong to the deployment. The group and the subnet are of another VPC. */
const changes: readonly (readonly [Elsewhere["where"], RegExp, string])[] = [
  ["account", /:123456789012:/, ":210987654321:"],
  ["Region", /:eu-central-1:/, ":eu-west-1:"],
  ["VPC", /(?<=:vpc\/)vpc-\w+/, "vpc-0ffffffffffffffff"],
  ["subnet", /(?<=:subnet\/)subnet-\w+/, "subnet-0a1b2c3d4e5f60721"],
  ["security group", /(?<=:security-group\/)sg-\w+/, "sg-0a1b2c3d4e5f60723"],
  ["key", /(?<=:key\/)[0-9a-f-]+/, "fedcba98-89ab-cdef-0123-456789abcdef"],
];

/** The question, once for each thing in it that can be somewhere else. */
export function elsewhere(question: Question): readonly Elsewhere[] {
  const { action, resource, context } = question;
  const found: Elsewhere[] = changes
    .filter(([, pattern]) => pattern.test(resource))
    .map(([where, pattern, instead]) => ({
      where,
      action,
      resource: resource.replace(pattern, instead),
      context: where === "security group" ? ofTheOtherGroup(context) : context,
      request: undefined,
    }));
  if (context["aoss:collection"] === undefined) return found;
  const request = { "aoss:collection": ["payroll"] };
  return [...found, { where: "collection", action, resource, context: { ...context, ...request }, request }];
}

/** What follows from a group follows from the other one. */
function ofTheOtherGroup(context: Question["context"]): Question["context"] {
  const { "ec2:Vpc": vpc, ...rest } = context;
  const untagged = Object.entries(rest).filter(([key]) => !key.startsWith("aws:ResourceTag/"));
  const otherVpc = "arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-0a1b2c3d4e5f60728";
  return { ...Object.fromEntries(untagged), ...(vpc ? { "ec2:Vpc": [otherVpc] } : {}) };
}
