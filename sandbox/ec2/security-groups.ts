import type { Call } from "../call";
import { newId, requireIdForm } from "../ids";
import { AwsError, invalidParameterValue } from "../protocol/aws-error";
import { queryAction, type XmlElement, xmlList } from "../protocol/query-action";
import type { QueryParameters } from "../protocol/query-parameters";
import type { RegionState, SecurityGroup, SecurityGroupRule } from "../state/state";
import { ec2Arn } from "./arns";
import { type FilterValues, readSelection, select } from "./describe";
import { endpointsOf } from "./endpoint-view";
import { existingVpc, groupNotFound } from "./existing";
import { forget } from "./forget";
import { allowAllEgress } from "./group-defaults";
import { requireDescription } from "./ip-permissions";
import { readTagSpecifications, setTags, tagSet, tagsOf } from "./tags";

/** The group with this id, which has to be one that the sandbox made. */
export function requireGroup(call: Call, id: string): SecurityGroup {
  const group = call.state.securityGroups.get(requireIdForm("sg", id));
  if (group) return group;
  throw groupNotFound(id);
}

export const createSecurityGroup = queryAction(
  (parameters) => ({
    name: readName(parameters),
    description: readGroupDescription(parameters),
    vpcId: readVpcId(parameters),
    tags: readTagSpecifications(parameters, "security-group"),
  }),
  (call, { name, description, vpcId, tags }) => {
    const { securityGroups, securityGroupRules } = call.state;
    const vpc = existingVpc(call, vpcId);
    if ([...securityGroups.values()].some((group) => group.vpcId === vpcId && group.name === name)) {
      throw new AwsError(
        "InvalidGroup.Duplicate",
        `The security group '${name}' already exists for VPC '${vpcId}'`,
      );
    }
    const id = newId("sg");
    securityGroups.set(id, { id, name, description, vpcId });
    call.accountState.issuedIds.add(id);
    setTags(call.state, id, tags);
    for (const rule of allowAllEgress(id, vpc?.ipv6CidrBlock !== undefined)) {
      securityGroupRules.set(rule.id, rule);
    }
    return {
      return: true,
      groupId: id,
      tagSet: tagSet(tags),
      securityGroupArn: ec2Arn(call, "security-group", id),
    };
  },
);

export const deleteSecurityGroup = queryAction(
  (parameters) => ({ id: parameters.required("GroupId") }),
  (call, { id }) => {
    const { securityGroups, securityGroupRules } = call.state;
    const group = requireGroup(call, id);
    if (group.name === "default") {
      throw new AwsError(
        "CannotDelete",
        `the specified group: "${id}" name: "default" cannot be deleted by a user`,
      );
    }
    const rules = [...securityGroupRules.values()];
    const isReferenced = rules.some((rule) => rule.securityGroupId !== id && rule.source.value === id);
    const isAttached = endpointsOf(call).some((endpoint) => endpoint.securityGroupIds.includes(id));
    if (isReferenced || isAttached) {
      throw new AwsError("DependencyViolation", `resource ${id} has a dependent object`);
    }
    for (const rule of rules.filter((each) => each.securityGroupId === id)) {
      forget(call, securityGroupRules, rule.id);
    }
    forget(call, securityGroups, id);
    return { return: true, groupId: id };
  },
);

export const describeSecurityGroups = queryAction(
  (parameters) => ({
    selection: readSelection(parameters, "GroupId"),
    names: parameters.strings("GroupName"),
  }),
  (call, { selection, names }) => {
    const { state } = call;
    for (const id of selection.ids) requireGroup(call, id);
    const filters = [
      ...(selection.ids.length > 0 ? [{ name: "group-id", values: selection.ids }] : []),
      ...(names.length > 0 ? [{ name: "group-name", values: names }] : []),
      ...selection.filters,
    ];
    const { items, nextToken } = select(
      [...state.securityGroups.values()],
      { ...selection, filters },
      groupFilters(call),
      (group) => tagsOf(state, group.id),
    );
    return { securityGroupInfo: xmlList(items.map((group) => describeGroup(call, group))), nextToken };
  },
);

function groupFilters({ state, account }: Call): FilterValues<SecurityGroup> {
  const rules =
    (isEgress: boolean, show: (rule: SecurityGroupRule) => readonly string[]) => (group: SecurityGroup) =>
      rulesOf(state, group.id, isEgress).flatMap(show);
  const ofKind = (kind: string) => (rule: SecurityGroupRule) =>
    rule.source.kind === kind ? [rule.source.value] : [];
  const ruleFilters = (prefix: string, isEgress: boolean): FilterValues<SecurityGroup> => ({
    [`${prefix}.cidr`]: rules(isEgress, ofKind("cidrIpv4")),
    [`${prefix}.ipv6-cidr`]: rules(isEgress, ofKind("cidrIpv6")),
    [`${prefix}.prefix-list-id`]: rules(isEgress, ofKind("prefixListId")),
    [`${prefix}.group-id`]: rules(isEgress, ofKind("referencedGroupId")),
    [`${prefix}.protocol`]: rules(isEgress, (rule) => [rule.protocol]),
    [`${prefix}.from-port`]: rules(isEgress, (rule) => [String(rule.fromPort)]),
    [`${prefix}.to-port`]: rules(isEgress, (rule) => [String(rule.toPort)]),
  });
  return {
    description: (group) => [group.description],
    "group-id": (group) => [group.id],
    "group-name": (group) => [group.name],
    "owner-id": () => [account],
    "vpc-id": (group) => [group.vpcId],
    ...ruleFilters("ip-permission", false),
    ...ruleFilters("egress.ip-permission", true),
  };
}

const rulesOf = (state: RegionState, groupId: string, isEgress: boolean): readonly SecurityGroupRule[] =>
  [...state.securityGroupRules.values()].filter(
    (rule) => rule.securityGroupId === groupId && rule.isEgress === isEgress,
  );

function describeGroup(call: Call, group: SecurityGroup): XmlElement {
  const { state } = call;
  return {
    ownerId: call.account,
    groupId: group.id,
    groupName: group.name,
    groupDescription: group.description,
    vpcId: group.vpcId,
    ipPermissions: ipPermissions(call.account, rulesOf(state, group.id, false)),
    ipPermissionsEgress: ipPermissions(call.account, rulesOf(state, group.id, true)),
    tagSet: tagSet(tagsOf(state, group.id)),
    securityGroupArn: ec2Arn(call, "security-group", group.id),
  };
}

/** EC2 shows the rules of a group folded: one permission for each protocol and port range, with all its sources. */
function ipPermissions(account: string, rules: readonly SecurityGroupRule[]): XmlElement {
  const folded = new Map<string, SecurityGroupRule[]>();
  for (const rule of rules) {
    const key = [rule.protocol, rule.fromPort, rule.toPort].join("|");
    folded.set(key, [...(folded.get(key) ?? []), rule]);
  }
  return xmlList(
    [...folded.values()].map((sharing) => {
      const sources = (kind: string, idName: string): XmlElement =>
        xmlList(
          sharing
            .filter((rule) => rule.source.kind === kind)
            .map(({ source, description }) => ({
              userId: kind === "referencedGroupId" ? (source.ownerId ?? account) : undefined,
              [idName]: source.value,
              description,
            })),
        );
      const { protocol, fromPort, toPort } = sharing[0] ?? {};
      return {
        ipProtocol: protocol,
        ...(protocol === "-1" ? {} : { fromPort, toPort }),
        groups: sources("referencedGroupId", "groupId"),
        ipRanges: sources("cidrIpv4", "cidrIp"),
        ipv6Ranges: sources("cidrIpv6", "cidrIpv6"),
        prefixListIds: sources("prefixListId", "prefixListId"),
      };
    }),
  );
}

/** Naming rules of EC2 (API reference, CreateSecurityGroup). */
function readName(parameters: QueryParameters): string {
  const name = parameters.required("GroupName").trim();
  if (/^sg-/i.test(name)) {
    throw invalidParameterValue(
      `Value (${name}) for parameter GroupName is invalid. Group names may not be in the format sg-*.`,
    );
  }
  if (name === "default") throw invalidParameterValue("Cannot use reserved security group name: default");
  if (!/^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/.test(name)) {
    throw invalidParameterValue(
      `Value (${name}) for parameter GroupName is invalid. Valid names are strings less than 256 characters ` +
        "from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*",
    );
  }
  return name;
}

function readGroupDescription(parameters: QueryParameters): string {
  const description = parameters.required("GroupDescription");
  requireDescription("security group", description);
  return description;
}

function readVpcId(parameters: QueryParameters): string {
  const vpcId = parameters.string("VpcId");
  if (vpcId === undefined) throw new AwsError("VPCIdNotSpecified", "No default VPC for this user");
  return requireIdForm("vpc", vpcId);
}
