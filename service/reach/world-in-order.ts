import { compareText } from "../policy-document";
import type { AccessWorld, IngressRule, WorldSecurityGroup } from "./world";

/** The same world with its lists in order, but for the blocks of documents, which are known by their place. */
export function inOrder(world: AccessWorld): AccessWorld {
  return {
    ...world,
    vpcs: by(world.vpcs, ({ id }) => id),
    endpoints: by(world.endpoints, ({ id }) => id).map((one) => ({
      ...one,
      securityGroupIds: one.securityGroupIds && [...one.securityGroupIds].sort(),
    })),
    securityGroups: by(world.securityGroups, ({ id }) => id).map((one) => ({ ...one, rules: rulesOf(one) })),
    prefixLists: by(world.prefixLists, ({ id }) => id),
    collections: by(world.collections, ({ name }) => name),
    networkPolicies: by(world.networkPolicies, ({ name }) => name),
    dataPolicies: by(world.dataPolicies, ({ name }) => name),
  };
}

function by<T>(list: readonly T[], textOf: (one: T) => string): T[] {
  return [...list].sort((a, b) => compareText(textOf(a), textOf(b)));
}

const rulesOf = ({ rules }: WorldSecurityGroup) => rules && by(rules, textOfRule);

const textOfRule = ({ protocol, fromPort, toPort, ...source }: IngressRule) =>
  JSON.stringify([
    source.cidrIpv4 ?? source.cidrIpv6 ?? source.prefixListId ?? source.securityGroupId,
    protocol,
    fromPort,
    toPort,
  ]);
