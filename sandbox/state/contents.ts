import { settle } from "./settle";
import type { PolicyType, RegionState, WorldState } from "./state";

/** What exists in the sandbox, in all Regions, so that a test can say that nothing is left. */
export interface SandboxContents {
  readonly vpcEndpoints: readonly {
    readonly region: string;
    readonly id: string;
    readonly name: string;
    readonly vpcId: string;
    readonly subnetIds: readonly string[];
    readonly securityGroupIds: readonly string[];
    readonly status: "PENDING" | "ACTIVE" | "DELETING" | "FAILED";
  }[];
  readonly securityGroups: readonly {
    readonly region: string;
    readonly id: string;
    readonly name: string;
    readonly vpcId: string;
    readonly tags: Readonly<Record<string, string>>;
  }[];
  readonly securityGroupRules: readonly {
    readonly region: string;
    readonly id: string;
    readonly securityGroupId: string;
    readonly isEgress: boolean;
    readonly protocol: string;
    readonly fromPort: number;
    readonly toPort: number;
    /** a CIDR block, or the id of a prefix list or group */
    readonly source: string;
    readonly description: string | undefined;
    readonly tags: Readonly<Record<string, string>>;
  }[];
  readonly securityPolicies: readonly {
    readonly region: string;
    readonly type: PolicyType;
    readonly name: string;
    readonly description: string | undefined;
    readonly document: unknown;
  }[];
}

/** What is there once the time that has passed shows. */
export function contentsNow(world: WorldState, now: number): SandboxContents {
  for (const { regions } of world.accounts.values()) for (const state of regions.values()) settle(state, now);
  return contentsOf(world);
}

function contentsOf({ accounts }: WorldState): SandboxContents {
  const everywhere = <Item>(list: (state: RegionState, region: string) => readonly Item[]): readonly Item[] =>
    [...accounts.values()].flatMap(({ regions }) =>
      [...regions].flatMap(([region, state]) => list(state, region)),
    );
  const tags = (state: RegionState, id: string) => Object.fromEntries(state.tags.get(id) ?? []);
  return {
    vpcEndpoints: everywhere((state, region) =>
      [...state.vpcEndpoints.values()].map(
        ({ id, name, vpcId, networkInterfaces, securityGroupIds, status }) => ({
          region,
          id,
          name,
          vpcId,
          subnetIds: [...networkInterfaces.keys()],
          securityGroupIds: [...securityGroupIds],
          status,
        }),
      ),
    ),
    securityGroups: everywhere((state, region) =>
      [...state.securityGroups.values()]
        .filter(({ id }) => !state.given.has(id))
        .map(({ id, name, vpcId }) => ({
          region,
          id,
          name,
          vpcId,
          tags: tags(state, id),
        })),
    ),
    securityGroupRules: everywhere((state, region) =>
      [...state.securityGroupRules.values()].map(({ id, securityGroupId, isEgress, source, ...rule }) => ({
        region,
        id,
        securityGroupId,
        isEgress,
        protocol: rule.protocol,
        fromPort: rule.fromPort,
        toPort: rule.toPort,
        source: source.value,
        description: rule.description,
        tags: tags(state, id),
      })),
    ),
    securityPolicies: everywhere((state, region) =>
      [...state.policies.values()].map(({ type, name, description, document }) => ({
        region,
        type,
        name,
        description,
        document: structuredClone(document),
      })),
    ),
  };
}
