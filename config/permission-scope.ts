import { allFeatures, compareText, type Feature, type PermissionScope } from "../service";
import { isExisting, isKeptElsewhere, type MadeCollectionEntry, type StackEntry } from "./access-file";
import type { Stacks } from "./cross-checks/places";
import { encryptionKeyOf } from "./encryption-key";

/**
 * What whoever deploys these stacks works on, as far as the file says it. The stacks are of one account: that of
 * those which name one. Several Regions are one scope: what one of them has is allowed in all.
 * @param before what was applied last, of the same account: the scope has what has left the stacks since, and no tag
 *   that was another one, so that the change from one to the other can be applied
 */
export function permissionScopeOf(stacks: Stacks, before: Stacks = {}): PermissionScope {
  const all = [...Object.values(stacks), ...Object.values(before)];
  const account = all.find((stack) => stack.account !== undefined)?.account;
  const managed = all.flatMap(managedEndpoints);
  const tags = tagsOfEverything(all);
  return {
    ...(account === undefined ? {} : { account }),
    regions: sorted(all.map(({ region }) => region)),
    features: featuresOf(all),
    vpcs: sorted(managed.map(({ vpc }) => vpc)),
    sharedVpcs: sorted(managed.flatMap(({ shareZoneWith }) => shareZoneWith)),
    subnets: sorted(managed.flatMap(({ subnets }) => subnets)),
    securityGroups: sorted(managed.flatMap(({ securityGroups }) => securityGroups)),
    prefixLists: sorted(managed.flatMap(({ allow }) => allow.flatMap(({ prefixList }) => prefixList ?? []))),
    collections: sorted(all.flatMap(collectionsOf)),
    kmsKeys: sorted(all.flatMap(keysOf)),
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
  };
}

const sorted = (values: readonly string[]): string[] => [...new Set(values)].sort(compareText);

const managedEndpoints = ({ endpoints }: StackEntry) =>
  Object.values(endpoints).flatMap((entry) => (isExisting(entry) ? [] : [entry]));

const madeCollections = ({ collections }: StackEntry): (readonly [string, MadeCollectionEntry])[] =>
  Object.entries(collections).flatMap(([name, entry]) =>
    isKeptElsewhere(entry) ? [] : [[name, entry] as const],
  );

/** Whether Terraform works on it in a stack. */
const usedBy: Readonly<Record<Feature, (stack: StackEntry) => boolean>> = {
  "managed-endpoint": (stack) => managedEndpoints(stack).some(({ generation }) => generation !== "nextgen"),
  "nextgen-endpoint": (stack) => managedEndpoints(stack).some(({ generation }) => generation === "nextgen"),
  "security-group": (stack) => managedEndpoints(stack).some(({ allow }) => allow.length > 0),
  // Each tag of a managed endpoint is a resource of its own; those of the other kind are set as it is made.
  "endpoint-tags": (stack) =>
    managedEndpoints(stack).some(
      ({ generation, tags }) => generation !== "nextgen" && Object.keys(tags).length > 0,
    ),
  "shared-zone": (stack) => managedEndpoints(stack).some(({ shareZoneWith }) => shareZoneWith.length > 0),
  "network-policies": ({ grants, collections }) =>
    grants.length > 0 ||
    Object.values(collections).some(({ from, services }) => from.length + services.length > 0),
  "encryption-policies": (stack) => stack.encryption.length > 0 || madeCollections(stack).length > 0,
  "data-access-policies": ({ dataAccess, collections }) =>
    dataAccess.length > 0 || Object.values(collections).some(({ access }) => access.length > 0),
  "lifecycle-policies": ({ lifecycle, collections }) =>
    lifecycle.length > 0 || Object.values(collections).some(({ retention }) => retention.length > 0),
  collections: (stack) => madeCollections(stack).length > 0,
  "collection-group": (stack) => madeCollections(stack).some(([, { group }]) => group !== undefined),
  "collection-tags": (stack) =>
    madeCollections(stack).some(
      ([, { tags }]) => Object.keys(stack.tags).length + Object.keys(tags).length > 0,
    ),
  "customer-key": (stack) => keysOf(stack).length > 0,
};

const featuresOf = (stacks: readonly StackEntry[]): Feature[] =>
  allFeatures.filter((feature) => stacks.some(usedBy[feature]));

/** What the stack's policies and collections name, as it stands there: names, prefixes and `*`. */
function collectionsOf({ grants, collections, dataAccess, encryption, lifecycle }: StackEntry): string[] {
  const indexes = [...dataAccess, ...lifecycle].flatMap((entry) => entry.indexes);
  return [
    ...Object.keys(collections),
    ...[...grants, ...dataAccess, ...encryption].flatMap((entry) => entry.collections),
    ...indexes.map(collectionOf),
  ];
}

/** The collections, by name and prefix, that an application may use: those which stacks open to networks or principals. */
export const openedCollections = (stacks: Stacks): string[] =>
  sorted(
    Object.values(stacks).flatMap(({ grants, collections, dataAccess }) => [
      ...[...grants, ...dataAccess].flatMap((entry) => entry.collections),
      ...dataAccess.flatMap(({ indexes }) => indexes.map(collectionOf)),
      ...Object.entries(collections)
        .filter(([, { from, services, access }]) => from.length + services.length + access.length > 0)
        .map(([name]) => name),
    ]),
  );

/** Those of them whose dashboards stacks open. */
export const openedDashboards = (stacks: Stacks): string[] =>
  sorted(
    Object.values(stacks).flatMap(({ grants, collections }) => [
      ...grants.flatMap((grant) => (grant.dashboards ? grant.collections : [])),
      ...Object.entries(collections).flatMap(([name, { dashboards }]) => (dashboards ? [name] : [])),
    ]),
  );

/** `COLLECTION/INDEX` */
const collectionOf = (index: string): string => index.slice(0, index.indexOf("/"));

const keysOf = (stack: StackEntry): string[] => [
  ...madeCollections(stack).flatMap(([name, entry]) => encryptionKeyOf(name, entry, stack) ?? []),
  ...stack.encryption.flatMap(({ kmsKey }) => kmsKey ?? []),
];

/**
 * The tags that whatever takes tags gets in every stack. One that some resource has with another value is none of
 * them: what is required of all would keep that resource from being made. Names of tags differ by more than their
 * case here, since to a condition of IAM they do not.
 */
function tagsOfEverything(stacks: readonly StackEntry[]): Readonly<Record<string, string>> {
  const [first, ...others] = stacks;
  const own = stacks.flatMap((stack) => [
    ...madeCollections(stack).map(([, { tags }]) => tags),
    ...managedEndpoints(stack).map(({ tags }) => tags),
  ]);
  const isOfAll = ([key, value]: readonly [string, string]): boolean =>
    key.toLowerCase() !== nameTag.toLowerCase() &&
    others.every(({ tags }) => tags[key] === value) &&
    [...stacks.map(({ tags }) => tags), ...own].every((tags) =>
      Object.entries(tags).every(
        ([other, otherValue]) =>
          other.toLowerCase() !== key.toLowerCase() || (other === key && otherValue === value),
      ),
    );
  return Object.fromEntries(Object.entries(first?.tags ?? {}).filter(isOfAll));
}

/** Security groups and NEXTGEN endpoints have one of their own, whatever the stack says. */
const nameTag = "Name";
