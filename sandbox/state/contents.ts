import { defaultAccountSettings } from "../aoss/collection-state";
import type { Place, PolicyContents, SandboxContents } from "./sandbox-contents";
import { settle } from "./settle";
import type { AccountState, IamState, PolicyType, RegionState, WorldState } from "./state";
import { worldChanges } from "./world-changes";

/** What is there once the time that has passed shows. */
export function contentsNow(world: WorldState, now: number): SandboxContents {
  for (const { regions } of world.accounts.values()) for (const state of regions.values()) settle(state, now);
  return contentsOf(world);
}

type ListIn<Item> = (state: RegionState, place: Place, account: AccountState) => readonly Item[];

function contentsOf({ accounts }: WorldState): SandboxContents {
  const everywhere = <Item>(list: ListIn<Item>): readonly Item[] =>
    [...accounts].flatMap(([account, ofAccount]) =>
      [...ofAccount.regions].flatMap(([region, state]) => list(state, { account, region }, ofAccount)),
    );
  return {
    vpcEndpoints: everywhere(vpcEndpoints),
    securityGroups: everywhere((state, place) => made(state, place, state.securityGroups)),
    securityGroupRules: everywhere((state, place) =>
      made(state, place, state.securityGroupRules).map(({ source, description, ...rule }) => ({
        ...rule,
        source: source.value,
        description,
      })),
    ),
    vpcs: everywhere((state, place) => made(state, place, state.vpcs)),
    subnets: everywhere((state, place) => made(state, place, state.subnets)),
    prefixLists: everywhere((state, place) => made(state, place, state.prefixLists)),
    interfaceEndpoints: everywhere(interfaceEndpoints),
    hostedZones: [...accounts].flatMap(([account, { hostedZones }]) =>
      [...hostedZones.values()].map(({ id, name, comment, vpcs, recordSets, tags }) => ({
        account,
        id,
        name,
        comment,
        vpcs,
        recordSets,
        tags: Object.fromEntries(tags),
      })),
    ),
    buckets: [...accounts].flatMap(([account, ofAccount]) => buckets(ofAccount, account)),
    kmsKeys: everywhere(kmsKeys),
    collections: everywhere(collections),
    collectionGroups: everywhere(collectionGroups),
    securityPolicies: everywhere(policies("network", "encryption")),
    accessPolicies: everywhere(policies("data")),
    lifecyclePolicies: everywhere(policies("retention")),
    securityConfigs: everywhere((state, place) =>
      [...state.securityConfigs.values()].map(({ id, type, description, options }) => ({
        ...place,
        id,
        type,
        description,
        options,
      })),
    ),
    accountSettings: everywhere(accountSettings),
    serviceLinkedRoles: [...accounts].flatMap(([account, { serviceLinkedRoles }]) =>
      [...serviceLinkedRoles.values()].flatMap(({ name, isByCaller }) =>
        isByCaller ? [{ account, name }] : [],
      ),
    ),
    iamPolicies: perAccount(accounts, iamPolicies),
    iamRoles: perAccount(accounts, iamRoles),
    openIdConnectProviders: perAccount(accounts, openIdConnectProviders),
    worldChanges: everywhere((state, place, { world }) => worldChanges(state, place, world)),
  };
}

const buckets = (
  { buckets: all = new Map() }: AccountState,
  account: string,
): readonly SandboxContents["buckets"][number][] =>
  [...all.values()]
    .filter(({ isGiven, objects }) => !isGiven || objects.size > 0)
    .map(({ name, region, objects }) => ({
      account,
      region,
      name,
      objects: [...objects.values()].map(({ key, content }) => ({ key, bytes: Buffer.byteLength(content) })),
    }));

const perAccount = <Item>(
  accounts: WorldState["accounts"],
  list: (iam: IamState, account: string) => readonly Item[],
): readonly Item[] => [...accounts].flatMap(([account, { iam }]) => (iam ? list(iam, account) : []));

const iamPolicies = (
  { policies }: IamState,
  account: string,
): readonly SandboxContents["iamPolicies"][number][] =>
  [...policies].map(([arn, { versions, defaultVersion, tags }]) => ({
    account,
    arn,
    document: JSON.parse(versions.get(defaultVersion)?.document ?? "null"),
    tags: Object.fromEntries(tags),
  }));

const iamRoles = ({ roles }: IamState, account: string): readonly SandboxContents["iamRoles"][number][] =>
  [...roles.values()].map(({ path, name, trustPolicy, attachedPolicies, tags }) => ({
    account,
    arn: `arn:aws:iam::${account}:role${path}${name}`,
    trustPolicy: JSON.parse(trustPolicy),
    attachedPolicies: [...attachedPolicies].sort(),
    tags: Object.fromEntries(tags),
  }));

const openIdConnectProviders = (
  { openIdConnectProviders: providers }: IamState,
  account: string,
): readonly SandboxContents["openIdConnectProviders"][number][] =>
  [...providers.values()].map(({ url, clientIds, tags }) => ({
    account,
    url,
    clientIds,
    tags: Object.fromEntries(tags),
  }));

const tagsOf = (state: RegionState, id: string) => Object.fromEntries(state.tags.get(id) ?? []);

/** What nobody had given: all that is kept of each, its place and its tags. */
const made = <Item extends { readonly id: string }>(
  state: RegionState,
  place: Place,
  items: ReadonlyMap<string, Item>,
) =>
  [...items.values()]
    .filter(({ id }) => !state.given.has(id))
    .map((item) => ({ ...place, ...item, tags: tagsOf(state, item.id) }));

const vpcEndpoints: ListIn<SandboxContents["vpcEndpoints"][number]> = (state, place) =>
  [...state.vpcEndpoints.values()].map(({ id, networkInterfaces, zoneVpcs, ...endpoint }) => ({
    ...place,
    id,
    name: endpoint.name,
    vpcId: endpoint.vpcId,
    subnetIds: [...networkInterfaces.keys()],
    securityGroupIds: [...endpoint.securityGroupIds],
    status: endpoint.status,
    failureCode: endpoint.failureCode,
    policyDocument: endpoint.policyDocument,
    zoneVpcs: Object.fromEntries([...(zoneVpcs ?? [])].filter(([, vpcs]) => vpcs.length > 0)),
    tags: tagsOf(state, id),
  }));

const interfaceEndpoints: ListIn<SandboxContents["interfaceEndpoints"][number]> = (state, place) =>
  [...state.interfaceEndpoints.values()].map(({ id, networkInterfaces, ...endpoint }) => ({
    ...place,
    id,
    vpcId: endpoint.vpcId,
    serviceName: endpoint.serviceName,
    subnetIds: [...networkInterfaces.keys()],
    securityGroupIds: [...endpoint.securityGroupIds],
    privateDnsEnabled: endpoint.privateDnsEnabled,
    ipAddressType: endpoint.ipAddressType,
    policyDocument: endpoint.policyDocument,
    status: endpoint.status,
    tags: tagsOf(state, id),
  }));

const kmsKeys: ListIn<SandboxContents["kmsKeys"][number]> = (state, place) =>
  [...state.kmsKeys.values()]
    .filter(({ deletionDate }) => deletionDate === undefined)
    .map(({ id, description, enabled, rotationPeriodDays, grants, tags }) => ({
      ...place,
      id,
      description,
      enabled,
      rotationPeriodDays,
      aliases: [...state.kmsAliases.values()].filter(({ keyId }) => keyId === id).map(({ name }) => name),
      grants: grants.size,
      tags: Object.fromEntries(tags),
    }));

const collections: ListIn<SandboxContents["collections"][number]> = (state, place) =>
  [...state.collections.values()].map(({ id, arn, ...collection }) => ({
    ...place,
    id,
    name: collection.name,
    type: collection.type,
    status: collection.status,
    failureCode: collection.failureCode,
    description: collection.description,
    standbyReplicas: collection.standbyReplicas,
    deletionProtection: collection.deletionProtection,
    vectorOptions: collection.vectorOptions,
    kmsKeyArn: collection.kmsKeyArn,
    collectionGroupName: collection.collectionGroupName,
    tags: tagsOf(state, arn),
  }));

const collectionGroups: ListIn<SandboxContents["collectionGroups"][number]> = (state, place) =>
  [...state.collectionGroups.values()].map(({ id, arn, ...group }) => ({
    ...place,
    id,
    name: group.name,
    generation: group.generation,
    standbyReplicas: group.standbyReplicas,
    description: group.description,
    capacityLimits: group.capacityLimits,
    tags: tagsOf(state, arn),
  }));

const policies =
  (...types: readonly PolicyType[]): ListIn<PolicyContents> =>
  (state, place) =>
    [...state.policies.values()]
      .filter(({ type }) => types.includes(type))
      .map(({ type, name, description, document }) => ({
        ...place,
        type,
        name,
        description,
        document: structuredClone(document),
      }));

const accountSettings: ListIn<SandboxContents["accountSettings"][number]> = (
  { accountSettings: set },
  place,
) => {
  const { maxIndexingCapacityInOCU, maxSearchCapacityInOCU } = set ?? defaultAccountSettings;
  const isDefault =
    maxIndexingCapacityInOCU === defaultAccountSettings.maxIndexingCapacityInOCU &&
    maxSearchCapacityInOCU === defaultAccountSettings.maxSearchCapacityInOCU;
  return isDefault ? [] : [{ ...place, maxIndexingCapacityInOCU, maxSearchCapacityInOCU }];
};
