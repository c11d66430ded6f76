import { settle } from "./settle";
import type { PolicyType, RecordSet, RegionState, SecurityConfig, VpcInRegion, WorldState } from "./state";

type Tagged<More> = More & {
  readonly region: string;
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
};

export interface PolicyContents {
  readonly region: string;
  readonly type: PolicyType;
  readonly name: string;
  readonly description: string | undefined;
  readonly document: unknown;
}

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
  readonly vpcs: readonly Tagged<{
    readonly cidrBlock: string;
    readonly ipv6CidrBlock: string | undefined;
    readonly enableDnsSupport: boolean;
    readonly enableDnsHostnames: boolean;
  }>[];
  readonly subnets: readonly Tagged<{
    readonly vpcId: string;
    readonly availabilityZone: string;
    readonly cidrBlock: string | undefined;
    readonly ipv6CidrBlock: string | undefined;
  }>[];
  readonly prefixLists: readonly Tagged<{
    readonly name: string;
    readonly entries: readonly { readonly cidr: string; readonly description?: string }[];
  }>[];
  readonly interfaceEndpoints: readonly Tagged<{
    readonly vpcId: string;
    readonly serviceName: string;
    readonly subnetIds: readonly string[];
    readonly securityGroupIds: readonly string[];
    readonly privateDnsEnabled: boolean;
    readonly status: "pending" | "available" | "deleting";
  }>[];
  /** private zones that were made through Route 53, not those of managed endpoints */
  readonly hostedZones: readonly {
    readonly id: string;
    readonly name: string;
    readonly comment: string | undefined;
    readonly vpcs: readonly VpcInRegion[];
    readonly recordSets: readonly RecordSet[];
    readonly tags: Readonly<Record<string, string>>;
  }[];
  /** without those that are pending deletion */
  readonly kmsKeys: readonly Tagged<{
    readonly description: string;
    readonly aliases: readonly string[];
  }>[];
  readonly collections: readonly Tagged<{
    readonly name: string;
    readonly type: "SEARCH" | "TIMESERIES" | "VECTORSEARCH";
    readonly status: "CREATING" | "UPDATING" | "DELETING" | "ACTIVE" | "FAILED" | "UPDATE_FAILED";
    readonly description: string | undefined;
    /** `auto` for a key that AWS owns */
    readonly kmsKeyArn: string;
    readonly collectionGroupName: string | undefined;
  }>[];
  readonly collectionGroups: readonly Tagged<{
    readonly name: string;
    readonly generation: "CLASSIC" | "NEXTGEN";
    readonly standbyReplicas: "ENABLED" | "DISABLED";
    readonly description: string | undefined;
  }>[];
  /** network and encryption */
  readonly securityPolicies: readonly PolicyContents[];
  readonly accessPolicies: readonly PolicyContents[];
  readonly lifecyclePolicies: readonly PolicyContents[];
  readonly securityConfigs: readonly {
    readonly region: string;
    /** `saml/123456789012/okta` */
    readonly id: string;
    readonly type: SecurityConfig["type"];
    readonly description: string | undefined;
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
  const made = <Item extends { readonly id: string }>(
    { given }: RegionState,
    items: ReadonlyMap<string, Item>,
  ): readonly Item[] => [...items.values()].filter(({ id }) => !given.has(id));
  const tags = (state: RegionState, id: string) => Object.fromEntries(state.tags.get(id) ?? []);
  const policies = (...types: readonly PolicyType[]): readonly PolicyContents[] =>
    everywhere((state, region) =>
      [...state.policies.values()]
        .filter(({ type }) => types.includes(type))
        .map(({ type, name, description, document }) => ({
          region,
          type,
          name,
          description,
          document: structuredClone(document),
        })),
    );
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
      made(state, state.securityGroupRules).map(({ id, securityGroupId, isEgress, source, ...rule }) => ({
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
    vpcs: everywhere((state, region) =>
      made(state, state.vpcs).map(
        ({ id, cidrBlock, ipv6CidrBlock, enableDnsSupport, enableDnsHostnames }) => ({
          region,
          id,
          cidrBlock,
          ipv6CidrBlock,
          enableDnsSupport,
          enableDnsHostnames,
          tags: tags(state, id),
        }),
      ),
    ),
    subnets: everywhere((state, region) =>
      made(state, state.subnets).map(({ id, vpcId, availabilityZone, cidrBlock, ipv6CidrBlock }) => ({
        region,
        id,
        vpcId,
        availabilityZone,
        cidrBlock,
        ipv6CidrBlock,
        tags: tags(state, id),
      })),
    ),
    prefixLists: everywhere((state, region) =>
      made(state, state.prefixLists).map(({ id, name, entries }) => ({
        region,
        id,
        name,
        entries,
        tags: tags(state, id),
      })),
    ),
    interfaceEndpoints: everywhere((state, region) =>
      [...state.interfaceEndpoints.values()].map(({ id, networkInterfaces, ...endpoint }) => ({
        region,
        id,
        vpcId: endpoint.vpcId,
        serviceName: endpoint.serviceName,
        subnetIds: [...networkInterfaces.keys()],
        securityGroupIds: [...endpoint.securityGroupIds],
        privateDnsEnabled: endpoint.privateDnsEnabled,
        status: endpoint.status,
        tags: tags(state, id),
      })),
    ),
    hostedZones: [...accounts.values()].flatMap(({ hostedZones }) =>
      [...hostedZones.values()].map(({ id, name, comment, vpcs, recordSets, tags: zoneTags }) => ({
        id,
        name,
        comment,
        vpcs,
        recordSets,
        tags: Object.fromEntries(zoneTags),
      })),
    ),
    kmsKeys: everywhere((state, region) =>
      [...state.kmsKeys.values()]
        .filter(({ deletionDate }) => deletionDate === undefined)
        .map(({ id, description, tags: keyTags }) => ({
          region,
          id,
          description,
          aliases: [...state.kmsAliases.values()].filter(({ keyId }) => keyId === id).map(({ name }) => name),
          tags: Object.fromEntries(keyTags),
        })),
    ),
    collections: everywhere((state, region) =>
      [...state.collections.values()].map(({ id, arn, ...collection }) => ({
        region,
        id,
        name: collection.name,
        type: collection.type,
        status: collection.status,
        description: collection.description,
        kmsKeyArn: collection.kmsKeyArn,
        collectionGroupName: collection.collectionGroupName,
        tags: tags(state, arn),
      })),
    ),
    collectionGroups: everywhere((state, region) =>
      [...state.collectionGroups.values()].map(({ id, arn, ...group }) => ({
        region,
        id,
        name: group.name,
        generation: group.generation,
        standbyReplicas: group.standbyReplicas,
        description: group.description,
        tags: tags(state, arn),
      })),
    ),
    securityPolicies: policies("network", "encryption"),
    accessPolicies: policies("data"),
    lifecyclePolicies: policies("retention"),
    securityConfigs: everywhere((state, region) =>
      [...state.securityConfigs.values()].map(({ id, type, description }) => ({
        region,
        id,
        type,
        description,
      })),
    ),
  };
}
