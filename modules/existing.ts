import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { ICollection } from "./collection";
import type { IInterfaceEndpoint } from "./interface-endpoint";
import { isKnown } from "./known";

/**
 * Writes what is known of a collection that exists already into the comment of the stack, `"//".existing`: Terraform
 * passes over it, no resource tells it, and who reads the configuration cannot say who reaches what without it.
 */
export function noteExistingCollection(scope: Construct, { collectionName, generation }: ICollection): void {
  if (!isKnown(collectionName)) return;
  TerraformStack.of(scope).addOverride(`//.existing.collections.${collectionName}`, {
    exists: true,
    ...(generation ? { generation } : {}),
  });
}

/** The same of an endpoint that is not made here, where its generation is known, and what people call it. */
export function noteExistingEndpoint(
  scope: Construct,
  endpoint: IInterfaceEndpoint | string,
  name?: string,
): void {
  if (typeof endpoint === "string" || Construct.isConstruct(endpoint)) return;
  const { endpointId, generation } = endpoint;
  if (!isKnown(endpointId)) return;
  const stack = TerraformStack.of(scope);
  const place = `//.existing.endpoints.${endpointId}`;
  if (generation) stack.addOverride(`${place}.generation`, generation);
  if (name !== undefined) stack.addOverride(`${place}.name`, name);
}
