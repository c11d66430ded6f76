import {
  type LifecyclePolicyDocument,
  type RetentionRule,
  type RetentionWish,
  retentionRule,
  serialiseLifecyclePolicy,
} from "../lifecycle-policy";
import { shown } from "../policy-document";
import { RuleError } from "../problem";
import { quotas } from "../quotas";
import { bytesInJson, type CompiledPolicy, type CompileOptions } from "./compiled-policy";
import { type BlockSize, type Item, inOrder, partition } from "./partition";
import { refuseTooMany } from "./policy-count";
import { hashing } from "./position";

interface RetentionItem extends Item {
  readonly resource: string;
  readonly block: RetentionBlock;
}

interface RetentionBlock extends BlockSize {
  /** Without resources. */
  readonly rule: RetentionRule;
}

/** A policy has one list of rules; each counts the comma behind it, the last one has none. */
const bytesAroundRules = '{"Rules":[]}'.length - 1;

/**
 * Makes few lifecycle policies that keep what is wanted for as long as wanted, each of at most 10,240 bytes. The order
 * of rules, and of what they name, does not matter; one more changes few of the policies that were there.
 */
export function compileLifecyclePolicies(
  wishes: readonly RetentionWish[],
  options: CompileOptions = {},
): CompiledPolicy<LifecyclePolicyDocument>[] {
  const bytesOf = options.bytesOf ?? bytesInJson;
  const room = (options.maxBytes ?? quotas.lifecyclePolicyBytes.limit) - bytesAroundRules;
  const items = inOrder(
    itemsOf(wishes, bytesOf, room),
    (a, b) => a.resource === b.resource && a.block === b.block,
  );
  const parts = partition(items, room);
  refuseTooMany("retention", parts.length, options);
  return parts.map(({ slot, items: rules }) => {
    const text = serialiseLifecyclePolicy({
      Rules: rules.map(({ block, resource }) => ({ ...block.rule, Resource: [resource] })),
    });
    return { slot, document: JSON.parse(text) as LifecyclePolicyDocument, text };
  });
}

function itemsOf(
  wishes: readonly RetentionWish[],
  bytesOf: (text: string) => number,
  room: number,
): RetentionItem[] {
  const hash = hashing();
  const blocks = new Map<string, RetentionBlock>();
  return wishes.flatMap(({ indexes, retention }) => {
    const rule = retentionRule({ indexes: [], retention });
    const key = JSON.stringify(rule);
    // The last resource has no comma, the rule has one.
    const bytes = key.length;
    const block = blocks.get(key) ?? { family: "rules", bytes, joining: bytes, rule };
    blocks.set(key, block);
    return indexes.map((index): RetentionItem => {
      const resource = `index/${index}`;
      const item = {
        bytes: '"index/",'.length + bytesOf(index),
        position: [...hash(key), ...hash(resource)],
      };
      const over = block.bytes + item.bytes - room;
      if (over > 0) throw tooLong(index, over);
      return { ...item, resource, block };
    });
  });
}

const tooLong = (index: string, over: number) =>
  new RuleError({
    problem: `index ${shown(index)} takes ${over} bytes too many for a lifecycle policy with nothing else in it`,
    remedy: "use a shorter name",
  });
