import type { Call } from "../call";
import { newId, requireIdForm } from "../ids";
import { AwsError } from "../protocol/aws-error";
import { type QueryAction, queryAction, type XmlElement, xmlList } from "../protocol/query-action";
import type { RuleDefinition, SecurityGroup, SecurityGroupRule } from "../state/state";
import { ec2Arn } from "./arns";
import { type FilterValues, readSelection, select } from "./describe";
import { existingGroup, existingPrefixList, groupNotFound } from "./existing";
import { forget } from "./forget";
import { describeRule, readIpPermissions, readSecurityGroupRule, ruleKey } from "./ip-permissions";
import { refuseTooManyRules } from "./rule-quota";
import { requireGroup } from "./security-groups";
import { readTagSpecifications, setTags, tagSet, tagsOf } from "./tags";

const authorize = (isEgress: boolean): QueryAction =>
  queryAction(
    (parameters, { account }) => ({
      groupId: parameters.required("GroupId"),
      rules: readIpPermissions(parameters, account),
      tags: readTagSpecifications(parameters, "security-group-rule"),
    }),
    (call, { groupId, rules, tags }) => {
      const group = requireGroup(call, groupId);
      requireSomething(rules);
      for (const rule of rules) requireSource(call, group, rule);
      refuseDuplicates(call, group, isEgress, rules);
      refuseTooManyRules([...rulesOf(call, group, isEgress), ...rules], maxEntriesIn(call));
      const made = rules.map((rule) => ({ ...rule, id: newId("sgr"), securityGroupId: group.id, isEgress }));
      for (const rule of made) {
        call.state.securityGroupRules.set(rule.id, rule);
        setTags(call.state, rule.id, tags);
      }
      return { return: true, securityGroupRuleSet: xmlList(made.map((rule) => describe(call, rule))) };
    },
  );

const revoke = (isEgress: boolean): QueryAction =>
  queryAction(
    (parameters, { account }) => ({
      groupId: parameters.required("GroupId"),
      ruleIds: parameters.strings("SecurityGroupRuleId"),
      rules: readIpPermissions(parameters, account),
    }),
    (call, { groupId, ruleIds, rules }) => {
      const group = requireGroup(call, groupId);
      const existing = rulesOf(call, group, isEgress);
      if (ruleIds.length === 0) requireSomething(rules);
      const doomed = [
        ...ruleIds.map((id) => {
          requireIdForm("sgr", id);
          return existing.find((rule) => rule.id === id) ?? ruleNotFound(id);
        }),
        ...rules.map(
          (rule) =>
            existing.find(
              (each) => ruleKey(each) === ruleKey(rule) && ownerOf(call, each) === ownerOf(call, rule),
            ) ?? permissionNotFound(),
        ),
      ];
      for (const rule of doomed) {
        forget(call, call.state.securityGroupRules, rule.id);
      }
      return { return: true };
    },
  );

export const authorizeSecurityGroupIngress = authorize(false);
export const authorizeSecurityGroupEgress = authorize(true);
export const revokeSecurityGroupIngress = revoke(false);
export const revokeSecurityGroupEgress = revoke(true);

export const modifySecurityGroupRules = queryAction(
  (parameters, { account }) => ({
    groupId: parameters.required("GroupId"),
    changes: parameters.list("SecurityGroupRule", (item) => ({
      id: requireIdForm("sgr", item.required("SecurityGroupRuleId")),
      rule: readSecurityGroupRule(item.child("SecurityGroupRule"), account),
    })),
  }),
  (call, { groupId, changes }) => {
    const group = requireGroup(call, groupId);
    requireSomething(changes);
    const modified = changes.map(({ id, rule }): SecurityGroupRule => {
      const current = call.state.securityGroupRules.get(id);
      if (current?.securityGroupId !== group.id) return ruleNotFound(id);
      if (current.source.kind !== rule.source.kind) {
        throw new AwsError(
          "InvalidParameterCombination",
          `The type of source of the rule ${id} cannot be changed`,
        );
      }
      requireSource(call, group, rule);
      return { ...rule, id, securityGroupId: group.id, isEgress: current.isEgress };
    });
    for (const isEgress of [false, true]) {
      const rules = modified.filter((rule) => rule.isEgress === isEgress);
      const replaced = new Set(rules.map((rule) => rule.id));
      refuseDuplicates(call, group, isEgress, rules, replaced);
      const others = rulesOf(call, group, isEgress).filter((rule) => !replaced.has(rule.id));
      refuseTooManyRules([...others, ...rules], maxEntriesIn(call));
    }
    for (const rule of modified) call.state.securityGroupRules.set(rule.id, rule);
    return { return: true };
  },
);

const ruleFilters: FilterValues<SecurityGroupRule> = {
  "group-id": (rule) => [rule.securityGroupId],
  "security-group-rule-id": (rule) => [rule.id],
};

export const describeSecurityGroupRules = queryAction(
  (parameters) => readSelection(parameters, "SecurityGroupRuleId"),
  (call, selection) => {
    const { state } = call;
    for (const id of selection.ids) {
      if (!state.securityGroupRules.has(requireIdForm("sgr", id))) ruleNotFound(id);
    }
    const { items, nextToken } = select(
      [...state.securityGroupRules.values()].filter(
        (rule) => selection.ids.length === 0 || selection.ids.includes(rule.id),
      ),
      selection,
      ruleFilters,
      (rule) => tagsOf(state, rule.id),
    );
    return { securityGroupRuleSet: xmlList(items.map((rule) => describe(call, rule))), nextToken };
  },
);

const rulesOf = (call: Call, group: SecurityGroup, isEgress: boolean): readonly SecurityGroupRule[] =>
  [...call.state.securityGroupRules.values()].filter(
    (rule) => rule.securityGroupId === group.id && rule.isEgress === isEgress,
  );

const maxEntriesIn =
  ({ state }: Call) =>
  (id: string): number | undefined =>
    state.prefixLists.get(id)?.maxEntries;

/** Whose group a rule names. */
const ownerOf = ({ account }: Call, { source }: RuleDefinition): string => source.ownerId ?? account;

function describe(call: Call, rule: SecurityGroupRule): XmlElement {
  const { state, account } = call;
  const { kind, value } = rule.source;
  return {
    securityGroupRuleId: rule.id,
    groupId: rule.securityGroupId,
    groupOwnerId: account,
    isEgress: rule.isEgress,
    ipProtocol: rule.protocol,
    fromPort: rule.fromPort,
    toPort: rule.toPort,
    ...(kind === "referencedGroupId"
      ? { referencedGroupInfo: { groupId: value, userId: ownerOf(call, rule) } }
      : { [kind]: value }),
    description: rule.description,
    tagSet: tagSet(tagsOf(state, rule.id)),
    securityGroupRuleArn: ec2Arn(call, "security-group-rule", rule.id),
  };
}

function requireSomething(given: readonly unknown[]): void {
  if (given.length > 0) return;
  throw new AwsError(
    "MissingParameter",
    "Either 'ipPermissions' or 'securityGroupRuleIds' should be provided.",
  );
}

function ruleNotFound(id: string): never {
  throw new AwsError(
    "InvalidSecurityGroupRuleId.NotFound",
    `The security group rule ID '${id}' does not exist`,
  );
}

function permissionNotFound(): never {
  throw new AwsError(
    "InvalidPermission.NotFound",
    "The specified rule does not exist in this security group.",
  );
}

/** A group or a prefix list that a rule names has to exist, the group in the same VPC; there are no peered VPCs here. */
function requireSource(call: Call, group: SecurityGroup, rule: RuleDefinition): void {
  const { source } = rule;
  if (source.kind === "prefixListId") existingPrefixList(call, source.value);
  if (source.kind !== "referencedGroupId") return;
  // A group is one of the account that is named with it, and all that are here are the caller's.
  if (ownerOf(call, rule) !== call.account && call.state.securityGroups.has(source.value)) {
    throw groupNotFound(source.value);
  }
  const referenced = existingGroup(call, source.value);
  if (referenced && referenced.vpcId !== group.vpcId) {
    throw new AwsError(
      "InvalidGroup.NotFound",
      "You have specified two resources that belong to different networks.",
    );
  }
}

function refuseDuplicates(
  call: Call,
  group: SecurityGroup,
  isEgress: boolean,
  rules: readonly RuleDefinition[],
  replaced: ReadonlySet<string> = new Set(),
): void {
  const keys = rules.map(ruleKey);
  if (new Set(keys).size < keys.length) {
    throw new AwsError("InvalidParameterValue", "The same permission must not appear multiple times");
  }
  const existing = new Set(
    rulesOf(call, group, isEgress)
      .filter((rule) => !replaced.has(rule.id))
      .map(ruleKey),
  );
  const duplicate = rules.find((rule) => existing.has(ruleKey(rule)));
  if (!duplicate) return;
  throw new AwsError(
    "InvalidPermission.Duplicate",
    `the specified rule "${describeRule(duplicate)}" already exists`,
  );
}
