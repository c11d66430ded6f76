import { randomBytes } from "node:crypto";
import { partitionOf } from "../access/arns";
import type { Call } from "../call";

const letters = "abcdefghijklmnopqrstuvwxyz0123456789";

/** An id as AWS gives collections and collection groups: 20 lower case letters and digits. */
export function newCollectionId(call: Call): string {
  const id = Array.from(randomBytes(20), (byte) => letters[byte % letters.length]).join("");
  call.accountState.issuedIds.add(id);
  return id;
}

/** `arn:aws:aoss:REGION:ACCOUNT:collection/ID`; collections and their groups are all that has an ARN (IAM reference). */
export const aossArn = (
  { region, account }: Call,
  resource: "collection" | "collection-group",
  id: string,
): string => `arn:${partitionOf(region)}:aoss:${region}:${account}:${resource}/${id}`;
