import type { Call } from "../call";
import { queryAction, type XmlElement } from "../protocol/query-action";
import { enumText } from "../protocol/violations";
import type { ManagedPolicy } from "../state/state";
import { dateText, iamOf, policyArn, requirePolicy, tagList } from "./existing";
import { optionalText, pageOf, readPage, readTags, requiredText, rules, validationError } from "./inputs";
import { checkIdentityPolicy, policySize } from "./policy-grammar";
import { alreadyExists, deleteConflict, quotaExceeded } from "./refusals";
import { newUniqueId } from "./unique-id";

// Quotas: IAM user guide, IAM and AWS STS quotas.
const maxPolicies = 1500;
const maxPolicySize = 6144;

export const createPolicy = queryAction(
  (parameters) => ({
    name: requiredText(parameters, "PolicyName", rules.policyName),
    path: optionalText(parameters, "Path", rules.policyPath) ?? "/",
    description: optionalText(parameters, "Description", rules.policyDescription),
    document: requiredText(parameters, "PolicyDocument", rules.policyDocument),
    tags: readTags(parameters),
  }),
  (call, { name, path, description, document, tags }) => {
    const { policies } = iamOf(call);
    checkManagedPolicy(document);
    if (policies.size >= maxPolicies) throw quotaExceeded("PoliciesPerAccount", maxPolicies);
    // Names are one for all paths, and not told apart by case.
    const isTaken = [...policies.values()].some((each) => each.name.toLowerCase() === name.toLowerCase());
    if (isTaken) {
      throw alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
    }
    if (tags.size > 0) call.forward("iam:TagPolicy");
    const policy: ManagedPolicy = {
      id: newUniqueId("ANPA"),
      name,
      path,
      ...(description === undefined ? {} : { description }),
      versions: new Map([[1, { document, createdDate: call.now }]]),
      defaultVersion: 1,
      lastVersion: 1,
      createdDate: call.now,
      lastModifiedDate: call.now,
      tags: new Map(tags),
    };
    policies.set(policyArn(call, policy), policy);
    return { Policy: describe(call, policy) };
  },
);

/** Throws MalformedPolicyDocument, and LimitExceeded for more than 6,144 characters without white space. */
export function checkManagedPolicy(document: string): void {
  if (policySize(document) > maxPolicySize) throw quotaExceeded("PolicySize", maxPolicySize);
  checkIdentityPolicy(document);
}

export const getPolicy = queryAction(
  (parameters) => ({ arn: requiredText(parameters, "PolicyArn", rules.arn) }),
  (call, { arn }) => {
    const policy = requirePolicy(call, arn);
    return {
      Policy: { ...describe(call, policy), Description: policy.description, Tags: tagList(policy.tags) },
    };
  },
);

export const deletePolicy = queryAction(
  (parameters) => ({ arn: requiredText(parameters, "PolicyArn", rules.arn) }),
  (call, { arn }) => {
    const policy = requirePolicy(call, arn);
    if (attachmentsOf(call, arn) > 0) throw deleteConflict("Cannot delete a policy attached to entities.");
    if (policy.versions.size > 1) {
      throw deleteConflict(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. " +
          "The default version is deleted with the policy.",
      );
    }
    iamOf(call).policies.delete(arn);
    return {};
  },
);

const scopes = ["All", "AWS", "Local"];

/** The policies of the account; none of AWS's own is in the sandbox. */
export const listPolicies = queryAction(
  (parameters) => {
    const scope = parameters.string("Scope") ?? "All";
    if (!scopes.includes(scope)) throw validationError(scope, "scope", enumText(scopes));
    return {
      scope,
      onlyAttached: parameters.boolean("OnlyAttached") ?? false,
      prefix: optionalText(parameters, "PathPrefix", rules.policyPath) ?? "/",
      page: readPage(parameters),
    };
  },
  (call, { scope, onlyAttached, prefix, page }) => {
    const found = [...iamOf(call).policies].filter(
      ([arn, { path }]) =>
        scope !== "AWS" && path.startsWith(prefix) && (!onlyAttached || attachmentsOf(call, arn) > 0),
    );
    const { items, rest } = pageOf(found, page);
    return { Policies: { member: items.map(([, policy]) => describe(call, policy)) }, ...rest };
  },
);

/** To how many roles a policy is attached. */
const attachmentsOf = (call: Call, arn: string): number =>
  [...iamOf(call).roles.values()].filter(({ attachedPolicies }) => attachedPolicies.has(arn)).length;

function describe(call: Call, policy: ManagedPolicy): XmlElement {
  const arn = policyArn(call, policy);
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: arn,
    Path: policy.path,
    DefaultVersionId: `v${policy.defaultVersion}`,
    AttachmentCount: attachmentsOf(call, arn),
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: dateText(policy.createdDate),
    UpdateDate: dateText(policy.lastModifiedDate),
  };
}
