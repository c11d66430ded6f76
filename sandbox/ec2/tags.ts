import type { Call } from "../call";
import { derivedId } from "../ids";
import { AwsError, invalidParameterValue } from "../protocol/aws-error";
import { queryAction, type XmlElement, xmlList } from "../protocol/query-action";
import type { QueryParameters } from "../protocol/query-parameters";
import type { RegionState } from "../state/state";
import { type FilterValues, readSelection, select } from "./describe";

export type Tags = ReadonlyMap<string, string>;

const noTags: Tags = new Map();

export const tagsOf = (state: RegionState, resourceId: string): Tags => state.tags.get(resourceId) ?? noTags;

export const tagSet = (tags: Tags): XmlElement => xmlList([...tags].map(([key, value]) => ({ key, value })));

/** The tags that a create carries for what it makes: `TagSpecification.1.ResourceType`, `.Tag.1.Key`. */
export function readTagSpecifications(parameters: QueryParameters, resourceType: string): Tags {
  const tags = new Map<string, string>();
  parameters.list("TagSpecification", (specification) => {
    const given = specification.required("ResourceType");
    if (given !== resourceType) {
      throw invalidParameterValue(`'${given}' is not a valid taggable resource type for this operation.`);
    }
    for (const [key, value] of readTags(specification)) tags.set(key, value);
  });
  return checkedTags(tags);
}

/** Sets tags on something that was just made. */
export function setTags(state: RegionState, resourceId: string, tags: Tags): void {
  if (tags.size > 0) state.tags.set(resourceId, new Map(checkedTags(tags)));
}

function readTags(parameters: QueryParameters): Tags {
  const pairs = parameters.list("Tag", (tag) => [tag.required("Key"), tag.string("Value") ?? ""] as const);
  const tags = new Map(pairs);
  const twice = pairs.find(([key], index) => pairs.findIndex((pair) => pair[0] === key) !== index);
  if (twice) throw invalidParameterValue(`Duplicate tag key '${twice[0]}' specified.`);
  return tags;
}

/** Tag restrictions of EC2: 50 tags, keys of 1 to 128 and values of up to 256 characters, `aws:` is reserved. */
function checkedTags(tags: Tags): Tags {
  if (tags.size > 50) {
    throw new AwsError("TagLimitExceeded", "The maximum number of Tags for a resource has been reached.");
  }
  for (const [key, value] of tags) {
    if (key.toLowerCase().startsWith("aws:")) {
      throw invalidParameterValue("Tag keys starting with 'aws:' are reserved for internal use");
    }
    if (key.length > 128) {
      throw invalidParameterValue("Tag key exceeds the maximum length of 128 characters");
    }
    if (value.length > 256) {
      throw invalidParameterValue("Tag value exceeds the maximum length of 256 characters");
    }
  }
  return tags;
}

/** What can carry tags: the kinds of resource that the sandbox makes, and what comes with them. */
function resourceTypeOf(call: Pick<Call, "state" | "region">, id: string): string | undefined {
  const { state } = call;
  if (state.securityGroups.has(id)) return "security-group";
  if (state.securityGroupRules.has(id)) return "security-group-rule";
  if (state.vpcs.has(id)) return "vpc";
  if (state.subnets.has(id)) return "subnet";
  if (state.prefixLists.has(id)) return "prefix-list";
  if (state.vpcEndpoints.has(id) || state.interfaceEndpoints.has(id)) return "vpc-endpoint";
  const vpcIds = [...state.vpcs.keys()];
  if (vpcIds.some((vpcId) => derivedId("rtb", vpcId) === id)) return "route-table";
  if (vpcIds.some((vpcId) => derivedId("acl", vpcId) === id)) return "network-acl";
  const isInterface = [...state.vpcEndpoints.values(), ...state.interfaceEndpoints.values()].some(
    (endpoint) => [...endpoint.networkInterfaces.values()].includes(id),
  );
  return isInterface ? "network-interface" : undefined;
}

const notFoundCode: Readonly<Record<string, string>> = {
  "acl-": "InvalidNetworkAclID.NotFound",
  "eni-": "InvalidNetworkInterfaceID.NotFound",
  "pl-": "InvalidPrefixListID.NotFound",
  "rtb-": "InvalidRouteTableID.NotFound",
  "sg-": "InvalidGroup.NotFound",
  "sgr-": "InvalidSecurityGroupRuleId.NotFound",
  "subnet-": "InvalidSubnetID.NotFound",
  "vpc-": "InvalidVpcID.NotFound",
  "vpce-": "InvalidVpcEndpointId.NotFound",
};

function requireResources(call: Call, ids: readonly string[]): void {
  if (ids.length === 0)
    throw new AwsError("MissingParameter", "The request must contain the parameter resourceIdSet");
  for (const id of ids) {
    if (resourceTypeOf(call, id) !== undefined) continue;
    const prefix = id.slice(0, id.indexOf("-") + 1);
    const code = notFoundCode[prefix] ?? "InvalidID";
    throw new AwsError(code, `The ID '${id}' does not exist`);
  }
}

export const createTags = queryAction(
  (parameters) => ({ ids: parameters.strings("ResourceId"), tags: checkedTags(readTags(parameters)) }),
  (call, { ids, tags }) => {
    requireResources(call, ids);
    const merged = ids.map((id) => [id, checkedTags(new Map([...tagsOf(call.state, id), ...tags]))] as const);
    for (const [id, all] of merged) call.state.tags.set(id, new Map(all));
    return { return: true };
  },
);

export const deleteTags = queryAction(
  (parameters) => ({
    ids: parameters.strings("ResourceId"),
    tags: parameters.list("Tag", (tag) => ({ key: tag.required("Key"), value: tag.string("Value") })),
  }),
  (call, { ids, tags }) => {
    requireResources(call, ids);
    for (const id of ids) {
      const remaining = [...tagsOf(call.state, id)].filter(
        ([key, value]) =>
          tags.length > 0 && !tags.some((tag) => tag.key === key && (tag.value ?? value) === value),
      );
      if (remaining.length > 0) call.state.tags.set(id, new Map(remaining));
      else call.state.tags.delete(id);
    }
    return { return: true };
  },
);

interface TagDescription {
  readonly resourceId: string;
  readonly resourceType: string;
  readonly key: string;
  readonly value: string;
}

const tagFilters: FilterValues<TagDescription> = {
  key: (tag) => [tag.key],
  value: (tag) => [tag.value],
  "resource-id": (tag) => [tag.resourceId],
  "resource-type": (tag) => [tag.resourceType],
};

export const describeTags = queryAction(
  (parameters) => readSelection(parameters),
  (call, selection) => {
    const all = [...call.state.tags].flatMap(([resourceId, tags]) => {
      const resourceType = resourceTypeOf(call, resourceId);
      // The tags of other services are kept in the same place, by ARN.
      if (resourceType === undefined) return [];
      return [...tags].map(([key, value]) => ({ resourceId, resourceType, key, value }));
    });
    const { items, nextToken } = select(all, selection, tagFilters, (tag) => new Map([[tag.key, tag.value]]));
    return { tagSet: xmlList(items.map((tag) => ({ ...tag }))), nextToken };
  },
);
