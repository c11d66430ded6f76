import { type JsonOperation, jsonService, served } from "../protocol/json-protocol";
import { createAlias, deleteAlias, listAliases, updateAlias } from "./aliases";
import { createGrant, endGrant, listGrants } from "./grants";
import { readInput } from "./inputs";
import {
  cancelKeyDeletion,
  createKey,
  describeKey,
  disableKeyRotation,
  enableKeyRotation,
  getKeyPolicy,
  getKeyRotationStatus,
  listKeys,
  listResourceTags,
  putKeyPolicy,
  scheduleKeyDeletion,
  setEnabled,
  tagResource,
  untagResource,
  updateKeyDescription,
} from "./keys";

const operations: ReadonlyMap<string, JsonOperation> = new Map([
  ["CancelKeyDeletion", served(cancelKeyDeletion)],
  ["CreateAlias", served(createAlias)],
  ["CreateGrant", served(createGrant)],
  ["CreateKey", served(createKey)],
  ["DeleteAlias", served(deleteAlias)],
  ["DescribeKey", served(describeKey)],
  ["DisableKey", served(setEnabled(false))],
  ["DisableKeyRotation", served(disableKeyRotation)],
  ["EnableKey", served(setEnabled(true))],
  ["EnableKeyRotation", served(enableKeyRotation)],
  ["GetKeyPolicy", served(getKeyPolicy)],
  ["GetKeyRotationStatus", served(getKeyRotationStatus)],
  ["ListAliases", served(listAliases)],
  ["ListGrants", served(listGrants)],
  ["ListKeys", served(listKeys)],
  ["ListResourceTags", served(listResourceTags)],
  ["PutKeyPolicy", served(putKeyPolicy)],
  ["RetireGrant", served(endGrant)],
  ["RevokeGrant", served(endGrant)],
  ["ScheduleKeyDeletion", served(scheduleKeyDeletion)],
  ["TagResource", served(tagResource)],
  ["UntagResource", served(untagResource)],
  ["UpdateAlias", served(updateAlias)],
  ["UpdateKeyDescription", served(updateKeyDescription)],
]);

/** KMS, as far as symmetric keys are made, described and named; nothing is encrypted here. */
export const kms = jsonService({
  targetPrefix: "TrentService",
  version: "1.1",
  operations,
  read: readInput,
  takesClientToken: () => false,
});
