import { randomInt } from "node:crypto";
import type { Call } from "../call";
import { awsOwnedKey } from "./collection-encryption";

/** The role through which the service writes metrics (developer guide, service-linked roles). */
const role = {
  name: "AWSServiceRoleForAmazonOpenSearchServerless",
  serviceName: "observability.aoss.amazonaws.com",
};

/**
 * What AWS does in the caller's name when a collection is made; throws AccessDenied if the caller may not. The
 * service-linked role is documented for the first collection of an account. That the creator needs kms:DescribeKey
 * and kms:CreateGrant for a customer's key is not confirmed, and that joining a group asks for
 * aoss:AddCollectionToCollectionGroup is our reading of the IAM reference.
 */
export function forwardCreateCollection(call: Call, kmsKeyArn: string, group: string | undefined): void {
  if (group !== undefined) call.forward("aoss:AddCollectionToCollectionGroup");
  if (!call.accountState.serviceLinkedRoles.has(role.name)) call.forward("iam:CreateServiceLinkedRole");
  if (kmsKeyArn === awsOwnedKey) return;
  call.forward("kms:DescribeKey");
  call.forward("kms:CreateGrant");
}

/** The first collection of an account brings the role, which stays when the collection goes. */
export function ensureServiceLinkedRole(call: Call): void {
  const { serviceLinkedRoles } = call.accountState;
  if (serviceLinkedRoles.has(role.name)) return;
  const letters = Array.from({ length: 17 }, () => randomInt(36).toString(36).toUpperCase());
  serviceLinkedRoles.set(role.name, { ...role, id: `AROA${letters.join("")}`, createdDate: call.now });
}
