import type { AccessWorld } from "../../../service";
import { numbersFrom } from "./big-world";

type Shuffle = <T>(list: readonly T[]) => T[];

function shuffleBy(seed: number): Shuffle {
  const number = numbersFrom(seed);
  return (list) => {
    const left = [...list];
    return list.flatMap(() => left.splice(number(left.length), 1));
  };
}

/** The same world with its lists in another order, but for the blocks of documents, which answers tell by place. */
export function shuffledLists(world: AccessWorld, seed: number): AccessWorld {
  const shuffle = shuffleBy(seed);
  return {
    ...world,
    vpcs: shuffle(world.vpcs),
    endpoints: shuffle(world.endpoints).map((endpoint) => ({
      ...endpoint,
      securityGroupIds: endpoint.securityGroupIds && shuffle(endpoint.securityGroupIds),
    })),
    securityGroups: shuffle(world.securityGroups).map((group) => ({
      ...group,
      rules: group.rules && shuffle(group.rules),
    })),
    prefixLists: shuffle(world.prefixLists),
    collections: shuffle(world.collections),
    networkPolicies: shuffle(world.networkPolicies),
    dataPolicies: shuffle(world.dataPolicies),
  };
}

/** The same world with all that is in documents in another order too. */
export function shuffledAll(world: AccessWorld, seed: number): AccessWorld {
  const shuffle = shuffleBy(seed + 1);
  const lists = shuffledLists(world, seed);
  return {
    ...lists,
    networkPolicies: lists.networkPolicies.map((policy) => ({
      ...policy,
      document: shuffle(policy.document).map((block) => ({
        ...block,
        Rules: shuffle(block.Rules).map((rule) => ({ ...rule, Resource: shuffle(rule.Resource) })),
        ...(block.SourceVPCEs ? { SourceVPCEs: shuffle(block.SourceVPCEs) } : {}),
        ...(block.SourceServices ? { SourceServices: shuffle(block.SourceServices) } : {}),
      })),
    })),
    dataPolicies: lists.dataPolicies.map((policy) => ({
      ...policy,
      document: shuffle(policy.document).map((block) => ({
        Principal: shuffle(block.Principal),
        Rules: shuffle(block.Rules).map((rule) => ({
          ...rule,
          Resource: shuffle(rule.Resource),
          Permission: shuffle(rule.Permission),
        })),
      })),
    })),
  };
}
