import {
  checkPolicySize,
  type DataAccessWish,
  dataAccessBlock,
  type EncryptionWish,
  encryptionDocument,
  type PolicyKind,
  type RetentionWish,
  refuse,
  retentionRule,
  serialiseDataAccessPolicy,
  serialiseEncryptionPolicy,
  serialiseLifecyclePolicy,
} from "../service";
import type { SetPolicy } from "./policy-places";

interface Options {
  readonly bytesOf: (text: string) => number;
}

/** One policy, if all of it fits. */
function single(kind: PolicyKind, slot: string, text: string): SetPolicy {
  refuse(checkPolicySize(kind, text));
  return { slot, text };
}

/** All in one policy. */
export const compileDataAccessPolicies = (wishes: readonly DataAccessWish[], _options: Options) => [
  single("data", "", serialiseDataAccessPolicy(wishes.map(dataAccessBlock))),
];

/** One policy for each key. */
export function compileEncryptionPolicies(wishes: readonly EncryptionWish[], _options: Options): SetPolicy[] {
  const keys = [...new Set(wishes.map(({ kmsKeyArn }) => kmsKeyArn))].sort();
  return keys.map((kmsKeyArn, index) => {
    const collections = wishes.filter((one) => one.kmsKeyArn === kmsKeyArn).flatMap((one) => one.collections);
    const text = serialiseEncryptionPolicy(encryptionDocument({ kmsKeyArn, collections }));
    return single("encryption", index === 0 ? "" : `key-${index}`, text);
  });
}

/** All in one policy. */
export const compileLifecyclePolicies = (wishes: readonly RetentionWish[], _options: Options) => [
  single("retention", "", serialiseLifecyclePolicy({ Rules: wishes.map(retentionRule) })),
];
