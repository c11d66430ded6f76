import { type Call, isMissing } from "../call";
import { validationError } from "../protocol/aws-error";
import { coversResource } from "./policy-resources";

export interface EncryptionConfig {
  readonly aWSOwnedKey?: boolean;
  readonly kmsKeyArn?: string;
}

/** An encryption policy as it was checked when it was made. */
interface EncryptionDocument {
  readonly Rules: readonly { readonly Resource: readonly string[] }[];
  readonly KmsARN?: string;
}

/** Stands for a key that AWS owns. */
export const awsOwnedKey = "auto";

/**
 * The key that encrypts a new collection: its own configuration, or else the encryption policy that matches its
 * name. Throws ValidationException if there is neither, or if the key is in another Region.
 */
export function keyOfNewCollection(call: Call, name: string, config: EncryptionConfig | undefined): string {
  const key = config ? keyOfConfig(config) : keyOfPolicies(call, name);
  if (key === undefined) {
    throw validationError(
      `No matching security policy of encryption type found for collection name: ${name}. ` +
        "Please create security policy of encryption type for this collection.",
    );
  }
  if (key !== awsOwnedKey && !isUsable(call, key)) throw validationError(`Invalid kmsKeyId ${key}`);
  return key;
}

/**
 * A key of another Region is refused in these words. That the same holds for a key of the account that does not
 * exist, or is disabled or pending deletion, is not confirmed.
 */
function isUsable(call: Call, keyArn: string): boolean {
  const [, , , region, account, resource = ""] = keyArn.split(":");
  if (region !== call.region) return false;
  if (account !== call.account) return true;
  const id = resource.slice("key/".length);
  const key = call.state.kmsKeys.get(id);
  if (isMissing(call, id, key)) return false;
  return !key || (key.enabled && key.deletionDate === undefined);
}

/** That exactly one of the two has to be chosen is our reading of the API reference; the words are ours. */
function keyOfConfig({ aWSOwnedKey: isOwnedByAws, kmsKeyArn }: EncryptionConfig): string {
  if (kmsKeyArn !== undefined && isOwnedByAws !== true) return kmsKeyArn;
  if (kmsKeyArn === undefined && isOwnedByAws === true) return awsOwnedKey;
  throw validationError("encryptionConfig: either aWSOwnedKey must be true, or kmsKeyArn must be given");
}

/** That the more specific pattern wins is general knowledge of the service and was not probed. */
function keyOfPolicies(call: Call, name: string): string | undefined {
  const resource = `collection/${name}`;
  const matching = [...call.state.policies.values()]
    .filter(({ type }) => type === "encryption")
    .map(({ document }) => document as EncryptionDocument)
    .flatMap(({ Rules, KmsARN }) =>
      Rules.flatMap((rule) => rule.Resource)
        .filter((pattern) => coversResource(pattern, resource))
        .map((pattern) => ({ key: KmsARN ?? awsOwnedKey, specificity: specificityOf(pattern) })),
    )
    .sort((a, b) => b.specificity - a.specificity);
  return matching[0]?.key;
}

/** A whole name is more specific than any prefix, a long prefix more than a short one. */
const specificityOf = (pattern: string): number =>
  pattern.endsWith("*") ? pattern.length - 1 : Number.MAX_SAFE_INTEGER;
