import {
  type DataAccessPolicyDocument,
  type DataAccessRule,
  type DataAccessWish,
  serialiseDataAccessPolicy,
} from "../data-access-policy";
import { quotas } from "../quotas";
import { bytesInJson, type CompiledPolicy, type CompileOptions } from "./compiled-policy";
import { type DataItem, dataItems } from "./data-items";
import { inOrder, partition } from "./partition";
import { refuseTooMany } from "./policy-count";

/** Bytes of the brackets around all blocks; each block counts the comma behind it, the last one has none. */
const bytesAroundBlocks = "[]".length - 1;

/**
 * Makes few data access policies that give exactly the permissions wanted, each of at most 10,240 bytes, at most 500
 * (quota table). The order of grants, and of what they name, does not matter. Throws a `RuleError` that says by how much
 * it cannot fit.
 *
 * One more grant changes at most two of the policies that were there for each place that it is written in; what else it
 * takes are new policies. Permissions are written in one place, whatever they are on, if the very same principals have
 * them on nothing else with that description; those on collections and those on indexes are two. More places are
 * - one for each collection or index that is added to what the very same principals have such permissions on already,
 *   since that is kept in an order of its own, and stands in many policies where it is much;
 * - all of these for each principal of a list that takes more than a quarter of a policy: each is given the permissions
 *   by itself.
 * One principal more in the list of a grant makes it another list, and moves all that it is given: a grant of its own
 * for that principal leaves the rest where it is.
 */
export function compileDataAccessPolicies(
  wishes: readonly DataAccessWish[],
  options: CompileOptions = {},
): CompiledPolicy<DataAccessPolicyDocument>[] {
  const room = (options.maxBytes ?? quotas.dataAccessPolicyBytes.limit) - bytesAroundBlocks;
  const items = dataItems(wishes, options.bytesOf ?? bytesInJson, room);
  const parts = partition(
    inOrder(items, (a, b) => a.resource === b.resource && a.block === b.block),
    room,
  );
  refuseTooMany("data", parts.length, options);
  return parts.map(policyOf);
}

function policyOf({ slot, items }: { readonly slot: string; readonly items: readonly DataItem[] }) {
  const families = new Map<string, DataItem[]>();
  for (const item of items) {
    const family = families.get(item.block.family);
    if (family) family.push(item);
    else families.set(item.block.family, [item]);
  }
  const blocks = [...families.values()].map((family) => {
    const { description, principals = [] } = family[0]?.block ?? {};
    return {
      ...(description === undefined ? {} : { Description: description }),
      Principal: principals,
      // Rules with the same permissions become one as they are written.
      Rules: family.map(
        ({ block, resource }): DataAccessRule => ({
          ResourceType: block.type,
          Resource: [resource],
          Permission: block.permissions,
        }),
      ),
    };
  });
  const text = serialiseDataAccessPolicy(blocks);
  return { slot, document: JSON.parse(text) as DataAccessPolicyDocument, text };
}
