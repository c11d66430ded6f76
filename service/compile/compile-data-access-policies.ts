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
 * (quota table). The order of grants, and of what they name, does not matter; one more changes few of the policies
 * that were there. Principals whose list takes much of a policy are each given the permissions by themselves. Throws a
 * `RuleError` that says by how much it cannot fit.
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
