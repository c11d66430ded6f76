import { compileNetworkPolicies, type PrivateAccessWish, quotas } from "../service";
import { byCollection } from "./access-worlds";

/**
 * The fewest policies that the bytes allow for: one document for all of it, as if there were no limit to its size, in
 * which each set of sources and each of its collections stands once; or that with each collection named once and no
 * descriptions, if that is smaller. That every policy names its sources again is not counted.
 */
export function policiesByBytes(wishes: readonly PrivateAccessWish[]): number {
  const bytes = [wishes, byCollection(wishes)].map((form) =>
    compileNetworkPolicies(form, { maxBytes: Number.MAX_SAFE_INTEGER }).reduce(
      (sum, { text }) => sum + Buffer.byteLength(text),
      0,
    ),
  );
  return Math.ceil(Math.min(...bytes) / quotas.networkPolicyBytes.limit);
}
