import { partitionOf } from "../access/arns";
import type { Call } from "../call";
import { AwsError, validationError } from "../protocol/aws-error";
import type { KmsKey } from "../state/state";

const arnStart = ({ region, account }: Call): string =>
  `arn:${partitionOf(region)}:kms:${region}:${account}:`;

export const keyArn = (call: Call, id: string): string => `${arnStart(call)}key/${id}`;

/** @param name with `alias/` */
export const aliasArn = (call: Call, name: string): string => arnStart(call) + name;

/** Who the whole account is, in its policies and grants. */
export const rootArn = ({ region, account }: Call): string =>
  `arn:${partitionOf(region)}:iam::${account}:root`;

export const kmsNotFound = (message: string): AwsError => new AwsError("NotFoundException", message);

/** A key is there until its waiting period ends. */
export const livingKeys = ({ state, now }: Call): readonly KmsKey[] =>
  [...state.kmsKeys.values()].filter(({ deletionDate = Number.MAX_SAFE_INTEGER }) => deletionDate > now);

/** The key that an id, a key ARN, an alias or an alias ARN of this Region names. */
export function requireKey(call: Call, given: string): KmsKey {
  const own = arnStart(call);
  const name = given.startsWith(own) ? given.slice(own.length) : given;
  if (name.startsWith("arn:")) {
    throw kmsNotFound(`Invalid arn ${given.split(":")[3]}`);
  }
  if (name.startsWith("alias/")) {
    const alias = call.state.kmsAliases.get(name);
    if (!alias) throw kmsNotFound(`Alias ${aliasArn(call, name)} is not found.`);
    return requireKey(call, alias.keyId);
  }
  const id = name.startsWith("key/") ? name.slice("key/".length) : name;
  const key = livingKeys(call).find((each) => each.id === id);
  if (!key) throw kmsNotFound(`Key '${keyArn(call, id)}' does not exist`);
  return key;
}

/** The key, by id or ARN, as operations that change it take it; one that is pending deletion is refused. */
export function requireUsableKey(call: Call, given: string): KmsKey {
  if (/(?:^|:)alias\//.test(given)) throw validationError(`Invalid keyId ${given}`);
  const key = requireKey(call, given);
  if (key.deletionDate === undefined) return key;
  throw invalidState(`${keyArn(call, key.id)} is pending deletion.`);
}

export function requireEnabledKey(call: Call, given: string): KmsKey {
  const key = requireUsableKey(call, given);
  if (key.enabled) return key;
  throw new AwsError("DisabledException", `${keyArn(call, key.id)} is disabled.`);
}

export const invalidState = (message: string): AwsError => new AwsError("KMSInvalidStateException", message);

/** A page of a list; the marker says how many were given already. */
export function pageOf<Item>(
  items: readonly Item[],
  { Limit, Marker }: { readonly Limit?: number | undefined; readonly Marker?: string | undefined },
): {
  readonly items: readonly Item[];
  readonly more: { readonly Truncated: boolean; readonly NextMarker?: string };
} {
  if (Marker !== undefined && !/^\d{1,9}$/.test(Marker)) {
    throw new AwsError("InvalidMarkerException", "The marker is not valid");
  }
  const start = Number(Marker ?? 0);
  const end = start + (Limit ?? 100);
  const Truncated = end < items.length;
  return {
    items: items.slice(start, end),
    more: { Truncated, ...(Truncated ? { NextMarker: String(end) } : {}) },
  };
}
