import { AwsError } from "../protocol/aws-error";
import { queryAction, type XmlElement } from "../protocol/query-action";
import type { QueryParameters } from "../protocol/query-parameters";
import type { ManagedPolicy } from "../state/state";
import { dateText, requirePolicy } from "./existing";
import { pageOf, readPage, requiredText, rules } from "./inputs";
import { checkManagedPolicy } from "./policies";
import { deleteConflict, noSuchEntity } from "./refusals";

/** How many versions a managed policy has at most (IAM user guide, quotas). */
const maxVersions = 5;

export const createPolicyVersion = queryAction(
  (parameters) => ({
    arn: requiredText(parameters, "PolicyArn", rules.arn),
    document: requiredText(parameters, "PolicyDocument", rules.policyDocument),
    isDefault: parameters.boolean("SetAsDefault") ?? false,
  }),
  (call, { arn, document, isDefault }) => {
    const policy = requirePolicy(call, arn);
    checkManagedPolicy(document);
    if (policy.versions.size >= maxVersions) {
      throw new AwsError(
        "LimitExceeded",
        `A managed policy can have up to ${maxVersions} versions. Before you create a new version, you must delete ` +
          "an existing version.",
        409,
      );
    }
    policy.lastVersion += 1;
    policy.versions.set(policy.lastVersion, { document, createdDate: call.now });
    if (isDefault) policy.defaultVersion = policy.lastVersion;
    policy.lastModifiedDate = call.now;
    return { PolicyVersion: describe(policy, policy.lastVersion) };
  },
);

const readVersion = (parameters: QueryParameters) => ({
  arn: requiredText(parameters, "PolicyArn", rules.arn),
  id: requiredText(parameters, "VersionId", rules.versionId),
});

export const getPolicyVersion = queryAction(readVersion, (call, { arn, id }) => {
  const policy = requirePolicy(call, arn);
  const number = requireVersion(policy, arn, id);
  const document = policy.versions.get(number)?.document ?? "";
  return { PolicyVersion: { Document: encodeURIComponent(document), ...describe(policy, number) } };
});

export const setDefaultPolicyVersion = queryAction(readVersion, (call, { arn, id }) => {
  const policy = requirePolicy(call, arn);
  policy.defaultVersion = requireVersion(policy, arn, id);
  policy.lastModifiedDate = call.now;
  return {};
});

export const deletePolicyVersion = queryAction(readVersion, (call, { arn, id }) => {
  const policy = requirePolicy(call, arn);
  const number = requireVersion(policy, arn, id);
  if (number === policy.defaultVersion) {
    throw deleteConflict("Cannot delete the default version of a policy.");
  }
  policy.versions.delete(number);
  policy.lastModifiedDate = call.now;
  return {};
});

/** The newest first. */
export const listPolicyVersions = queryAction(
  (parameters) => ({
    arn: requiredText(parameters, "PolicyArn", rules.arn),
    page: readPage(parameters),
  }),
  (call, { arn, page }) => {
    const policy = requirePolicy(call, arn);
    const { items, rest } = pageOf([...policy.versions.keys()].reverse(), page);
    return { Versions: { member: items.map((number) => describe(policy, number)) }, ...rest };
  },
);

/** The number of the version, `3` of `v3`. */
function requireVersion({ versions }: ManagedPolicy, arn: string, id: string): number {
  const number = Number(id.slice(1));
  if (versions.has(number)) return number;
  throw noSuchEntity(`Policy ${arn} version ${id} does not exist or is not attachable.`);
}

const describe = ({ versions, defaultVersion }: ManagedPolicy, number: number): XmlElement => ({
  VersionId: `v${number}`,
  IsDefaultVersion: number === defaultVersion,
  CreateDate: dateText(versions.get(number)?.createdDate ?? 0),
});
