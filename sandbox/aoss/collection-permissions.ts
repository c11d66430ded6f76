import type { Call } from "../call";
import { hasAossRole, makeAossRole } from "../iam/service-linked-role";
import { awsOwnedKey } from "./collection-encryption";

/**
 * What AWS does in the caller's name when a collection is made; throws AccessDenied if the caller may not. The
 * service-linked role is documented for the first collection of an account. That the creator needs kms:DescribeKey
 * and kms:CreateGrant for a customer's key is not confirmed, and that joining a group asks for
 * aoss:AddCollectionToCollectionGroup is our reading of the IAM reference.
 */
export function forwardCreateCollection(call: Call, kmsKeyArn: string, group: string | undefined): void {
  if (group !== undefined) call.forward("aoss:AddCollectionToCollectionGroup");
  if (!hasAossRole(call)) call.forward("iam:CreateServiceLinkedRole");
  if (kmsKeyArn === awsOwnedKey) return;
  // The request need not name the key: it may be that of an encryption policy.
  call.forward("kms:DescribeKey", [kmsKeyArn]);
  call.forward("kms:CreateGrant", [kmsKeyArn]);
}

/** The first collection of an account brings the role, which stays when the collection goes. */
export function ensureServiceLinkedRole(call: Call): void {
  if (!hasAossRole(call)) makeAossRole(call);
}
