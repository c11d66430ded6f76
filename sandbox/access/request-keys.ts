import type { Call } from "../call";
import type { RequestInput } from "../protocol/service";
import type { PolicyType } from "../state/state";
import { formList } from "./ec2-resource-arns";
import type { RequestKeys } from "./policy-keys";

/**
 * Condition keys that depend on what a request asks for (service authorization reference): tags that it sets, the
 * collections that a policy of OpenSearch Serverless is about, the VPC that a hosted zone is given to or taken from.
 * @param service as in a credential scope: `aoss`
 */
export function requestKeys(
  service: string,
  operation: string,
  input: RequestInput,
  call: Call,
): RequestKeys {
  if (service === "aoss") return aossKeys(operation, input, call);
  if (service === "ec2") return ec2Keys(operation, input);
  if (service === "iam") return iamKeys(input);
  if (service === "kms") return kmsKeys(input);
  if (service === "route53") return route53Keys(input);
  return {};
}

function aossKeys(operation: string, input: RequestInput, call: Call): RequestKeys {
  const collections = collectionsOf(operation, input, call);
  const tags = list(input["tags"]).map(
    (tag) => [String((tag as RequestInput)["key"]), String((tag as RequestInput)["value"])] as const,
  );
  return {
    ...tagKeys(tags, list(input["tagKeys"]).map(String)),
    ...(collections.length === 0 ? {} : { "aoss:collection": collections }),
  };
}

/** Names and patterns, as policies write them: `orders`, `logs-*`. */
function collectionsOf(operation: string, input: RequestInput, call: Call): readonly string[] {
  if (operation === "BatchGetCollection") {
    const ids = list(input["ids"]).map((id) => call.state.collections.get(String(id))?.name);
    return [...ids, ...list(input["names"]).map(String)].filter((name) => name !== undefined);
  }
  if (!/^(?:Create|Delete|Get|Update)(?:Access|Security)Policy$/.test(operation)) return [];
  const key = `${input["type"] as PolicyType}/${String(input["name"])}`;
  const document =
    typeof input["policy"] === "string" ? parsed(input["policy"]) : call.state.policies.get(key)?.document;
  const resources = (Array.isArray(document) ? document : [document]).flatMap(
    (block: RequestInput | undefined) =>
      list(block?.["Rules"]).flatMap((rule) => list((rule as RequestInput | undefined)?.["Resource"])),
  );
  const names = resources.flatMap(
    (resource) => /^(?:collection|index)\/([^/]+)/.exec(String(resource))?.[1] ?? [],
  );
  return [...new Set(names)];
}

function ec2Keys(operation: string, input: RequestInput): RequestKeys {
  const tagNames = Object.keys(input).filter((name) => /(?:^|\.)Tag\.\d+\.Key$/.test(name));
  const tags = tagNames.map(
    (name) => [String(input[name]), String(input[name.replace(/Key$/, "Value")] ?? "")] as const,
  );
  const { VpcId: vpcId, ServiceName: serviceName } = input;
  return {
    ...tagKeys(tags),
    ...(operation.startsWith("Create") && operation !== "CreateTags"
      ? { "ec2:createaction": [operation] }
      : {}),
    ...(typeof vpcId === "string" ? { "ec2:vpcid": [vpcId] } : {}),
    ...(typeof serviceName === "string" ? { "ec2:vpceservicename": [serviceName] } : {}),
  };
}

function iamKeys(input: RequestInput): RequestKeys {
  const tags = Object.keys(input)
    .filter((name) => /^Tags\.member\.\d+\.Key$/.test(name))
    .map((name) => [String(input[name]), String(input[name.replace(/Key$/, "Value")] ?? "")] as const);
  const policyArn = input["RoleName"] === undefined ? undefined : input["PolicyArn"];
  return {
    ...tagKeys(tags, formList(input, "TagKeys.member")),
    ...(typeof policyArn === "string" ? { "iam:policyarn": [policyArn] } : {}),
  };
}

/** As AWS writes it (Route 53 developer guide, conditions): `VPCId=vpc-0a1b2c3d4e5f60718,VPCRegion=eu-central-1`. */
function route53Keys(input: RequestInput): RequestKeys {
  const [vpc] = list(input["VPC"]) as readonly (RequestInput | undefined)[];
  const [id] = list(vpc?.["VPCId"]);
  const [region] = list(vpc?.["VPCRegion"]);
  return id === undefined || region === undefined
    ? {}
    : { "route53:vpcs": [`VPCId=${String(id)},VPCRegion=${String(region)}`] };
}

function kmsKeys(input: RequestInput): RequestKeys {
  const tags = list(input["Tags"]).map(
    (tag) => [String((tag as RequestInput)["TagKey"]), String((tag as RequestInput)["TagValue"])] as const,
  );
  return tagKeys(tags, list(input["TagKeys"]).map(String));
}

function tagKeys(tags: readonly (readonly [string, string])[], more: readonly string[] = []): RequestKeys {
  const names = [...tags.map(([key]) => key), ...more];
  return {
    ...Object.fromEntries(tags.map(([key, value]) => [`aws:requesttag/${key.toLowerCase()}`, [value]])),
    ...(names.length === 0 ? {} : { "aws:tagkeys": names }),
  };
}

/** Types of what a request of EC2 makes and tags at once. */
export const taggedTypes = (input: RequestInput): readonly string[] => [
  ...new Set(formList(input, "TagSpecification", "ResourceType")),
];

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A text that is no JSON is about nothing, and is refused by the operation itself. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
