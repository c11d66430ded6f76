import { idForms, longestEndpointId } from "../ids";
import {
  type NetworkPolicyBlock,
  type NetworkPolicyDocument,
  type NetworkPolicyRule,
  type PrivateAccessWish,
  serialiseNetworkPolicy,
} from "../network-policy";
import { RuleError } from "../problem";
import { quotas } from "../quotas";
import { bytesInJson, type CompiledPolicy, type CompileOptions } from "./compiled-policy";
import {
  bytesAroundBlocks,
  itemBytes,
  type NetworkItem,
  networkItems,
  type TextBytes,
} from "./network-items";
import { type NetworkUnit, unitsAsWished, unitsByCollection, unitsBySource } from "./network-unit";
import { inOrder, pack, partition } from "./partition";

/** From this share of a policy on, a list of collections is written once for all who are granted the very list. */
const longListShare = 1 / 8;

/**
 * Makes few network policies that give exactly the access wanted: never public, each of at most 10,240 bytes, at
 * most 500 (quota table). The order of grants, and of what they name, does not matter.
 *
 * A small change of the wish makes a small change of the policies. One more grant changes at most two policies that
 * were there before, whatever its size; what else it takes are new policies. One grant less changes at most two and
 * removes what is no longer needed. Three kinds of grants change more, since they add to what is in many policies:
 * - one of the very same list of collections as another grant's, where the list alone takes more than a policy: the
 *   new sources go into each policy that the list stands in;
 * - one of other collections than another grant's that alone takes more than a policy, if both have the same
 *   collection, the same source, that come first by their hashes;
 * - one of so many sources that they take more than half a policy: two for each half that they take.
 *
 * It takes 1.2 to 1.3 times as many policies as the bytes would fill, on average. Where that is more than `policyLimit`, the
 * same grants are packed as tightly as can be, so that one grant more may change all policies. Where that is too many
 * too, grants are put together: each collection with all who reach it, or else each source with all that it reaches;
 * their descriptions are left out then. Throws a `RuleError` that says by how many policies that does not fit either,
 * or by how many bytes a single grant does not fit.
 */
export function compileNetworkPolicies(
  wishes: readonly PrivateAccessWish[],
  options: CompileOptions = {},
): CompiledPolicy<NetworkPolicyDocument>[] {
  const limit = options.policyLimit ?? quotas.networkPolicies.limit;
  const bytes = textBytes(options);
  const room = (options.maxBytes ?? quotas.networkPolicyBytes.limit) - bytesAroundBlocks;
  const itemsOf = (units: readonly NetworkUnit[]) =>
    inOrder(networkItems(units, bytes, room), (a, b) => a.pattern === b.pattern && a.block === b.block);
  const wished = unitsAsWished(wishes, (...item) => itemBytes(bytes, ...item), room * longListShare);
  const items = itemsOf(wished);
  const forms = [
    () => partition(items, room),
    () => pack(items, room),
    () => pack(itemsOf(unitsByCollection(wished)), room),
    () => pack(itemsOf(unitsBySource(wished)), room),
  ];
  let fewest = Number.POSITIVE_INFINITY;
  for (const form of forms) {
    const parts = form();
    if (parts.length <= limit) return parts.map(policyOf);
    fewest = Math.min(fewest, parts.length);
  }
  throw new RuleError({
    problem: `the access wanted takes ${fewest} network policies in its densest form, ${
      limit === quotas.networkPolicies.limit ? "AWS takes" : "there may be"
    } ${limit}: ${fewest - limit} too many`,
    remedy: "use prefixes instead of single collections, or move grants to another account or Region",
  });
}

function textBytes({ bytesOf }: CompileOptions): TextBytes {
  if (bytesOf) return { of: bytesOf, ofEndpoint: bytesOf };
  const ofEndpoint = (id: string) =>
    idForms.endpoint.pattern.test(id) ? id.length : longestEndpointId.length;
  return { of: bytesInJson, ofEndpoint };
}

function policyOf({ slot, items }: { slot: string; items: readonly NetworkItem[] }) {
  const families = new Map<string, NetworkItem[]>();
  for (const item of items) {
    const family = families.get(item.block.family);
    if (family) family.push(item);
    else families.set(item.block.family, [item]);
  }
  const text = serialiseNetworkPolicy([...families.values()].map(blockOf));
  return { slot, document: JSON.parse(text) as NetworkPolicyDocument, text };
}

function blockOf(items: readonly NetworkItem[]): NetworkPolicyBlock {
  const { endpoints = [], services = [], description } = items[0]?.block ?? {};
  const rule = (ResourceType: NetworkPolicyRule["ResourceType"]): NetworkPolicyRule[] => {
    const other = ResourceType === "collection" ? "dashboard" : "collection";
    const opened = items.filter(({ block }) => block.opened !== other);
    if (opened.length === 0) return [];
    return [{ ResourceType, Resource: opened.map(({ pattern }) => `collection/${pattern}`) }];
  };
  return {
    AllowFromPublic: false,
    ...(description === undefined ? {} : { Description: description }),
    Rules: [...rule("collection"), ...rule("dashboard")],
    SourceServices: services,
    SourceVPCEs: endpoints,
  };
}
