import type { Call } from "../call";
import { canonicalJson } from "../canonical-json";
import { conflictError, notFoundError, quotaError, validationError } from "../protocol/aws-error";
import type { Policy, PolicyType } from "../state/state";
import { page } from "./pages";
import { policyKinds } from "./policy-kinds";
import { coversResource, resourcesOf } from "./policy-resources";
import { versionOf } from "./version";

interface PolicyKey {
  readonly type: PolicyType;
  readonly name: string;
}

interface CreatePolicyRequest extends PolicyKey {
  readonly policy: string;
  readonly description?: string;
}

interface UpdatePolicyRequest extends PolicyKey {
  readonly policyVersion: string;
  readonly policy?: string;
  readonly description?: string;
}

interface ListPoliciesRequest {
  readonly type: PolicyType;
  readonly resource?: readonly string[];
  /** the same for lifecycle policies (API model) */
  readonly resources?: readonly string[];
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** Of a minified document, for every type (quota table, and answers seen from the service on both sides of it). */
const maxDocumentBytes = 10_240;

export function createPolicy(call: Call, request: CreatePolicyRequest): object {
  const { type, name, description } = request;
  const kind = policyKinds[type];
  const held = call.state.policies;
  const document = readDocument(call, type, request.policy, true);
  if (held.has(keyOf(request))) {
    throw conflictError(`Policy with name ${name} and type ${type} already exists`);
  }
  kind.refuseBeside?.(call, name, document);
  if (kind.maxPolicies && policiesOf(call, type).length >= kind.maxPolicies.count) {
    throw quotaError(
      `Your account has reached the limit of ${kind.maxPolicies.count} ${type} policies`,
      kind.maxPolicies.quotaCode,
    );
  }
  const policy: Policy = {
    type,
    name,
    document,
    ...(description === undefined ? {} : { description }),
    revision: 1,
    policyVersion: versionOf(call.now, 1),
    createdDate: call.now,
    lastModifiedDate: call.now,
  };
  held.set(keyOf(request), policy);
  return { [kind.detail]: detailOf(policy) };
}

export function getPolicy(call: Call, request: PolicyKey): object {
  return { [policyKinds[request.type].detail]: detailOf(existingPolicy(call, request)) };
}

export function updatePolicy(call: Call, request: UpdatePolicyRequest): object {
  const { type, name } = request;
  const kind = policyKinds[type];
  const policy = existingPolicy(call, request);
  if (request.policyVersion !== policy.policyVersion) {
    throw validationError(
      "Policy version specified in the request refers to an older version and policy has since changed",
    );
  }
  const document =
    request.policy === undefined
      ? policy.document
      : readDocument(call, type, request.policy, kind.updateHasQuotaError);
  const description = request.description ?? policy.description;
  // The same document in another key order is no change: an error and not a no-op, as users of AWS found out.
  // The words are remembered, not confirmed.
  if (
    (description ?? "") === (policy.description ?? "") &&
    canonicalJson(document) === canonicalJson(policy.document)
  ) {
    throw validationError("No changes detected in policy or policy description");
  }
  kind.refuseBeside?.(call, name, document);
  policy.document = document;
  if (description !== undefined) policy.description = description;
  policy.revision += 1;
  policy.policyVersion = versionOf(call.now, policy.revision);
  policy.lastModifiedDate = call.now;
  return { [kind.detail]: detailOf(policy) };
}

export { updatePolicy as updateSecurityPolicy };

export function deletePolicy(call: Call, request: PolicyKey): object {
  existingPolicy(call, request);
  call.state.policies.delete(keyOf(request));
  return {};
}

/** Summaries by name, without the documents; with a filter, of the policies that apply to one of its resources. */
export function listPolicies(call: Call, request: ListPoliciesRequest): object {
  const asked = request.resource ?? request.resources;
  const matching = policiesOf(call, request.type).filter(
    ({ document }) =>
      asked === undefined ||
      resourcesOf(document).some((pattern) => asked.some((resource) => coversResource(pattern, resource))),
  );
  const { items, nextToken } = page(matching, keyOf, request);
  const summaries = items.map((policy) => {
    const { policy: _document, ...summary } = detailOf(policy);
    return summary;
  });
  return {
    [policyKinds[request.type].summaries]: summaries,
    ...(nextToken === undefined ? {} : { nextToken }),
  };
}

const keyOf = ({ type, name }: PolicyKey): string => `${type}/${name}`;

/** The policy, if it is there. */
export const findPolicy = (call: Call, key: PolicyKey): Policy | undefined =>
  call.state.policies.get(keyOf(key));

export const policiesOf = (call: Call, type: PolicyType): readonly Policy[] =>
  [...call.state.policies.values()].filter((policy) => policy.type === type);

export const policyNotFound = ({ name, type }: PolicyKey): string =>
  `Policy with name ${name} and type ${type} is not found`;

/** A policy as AWS shows it. */
export function detailOf(policy: Policy) {
  return {
    type: policy.type,
    name: policy.name,
    policyVersion: policy.policyVersion,
    ...(policy.description === undefined ? {} : { description: policy.description }),
    policy: policy.document,
    createdDate: policy.createdDate,
    lastModifiedDate: policy.lastModifiedDate,
  };
}

function existingPolicy(call: Call, key: PolicyKey): Policy {
  const policy = findPolicy(call, key);
  if (policy) return policy;
  throw notFoundError(policyNotFound(key));
}

function readDocument(call: Call, type: PolicyType, text: string, hasQuotaError: boolean): unknown {
  const kind = policyKinds[type];
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw validationError(`Policy json is invalid, error: [${(error as Error).message}]`);
  }
  const problems = kind.problemsOf(document);
  if (problems.length > 0) throw validationError(`Policy json is invalid, error: [${problems.join(", ")}]`);
  kind.refuse?.(call, document);
  if (Buffer.byteLength(JSON.stringify(document)) > maxDocumentBytes) {
    const message = `Your request exceeds the ${type}-policy-max-size-bytes limit of ${maxDocumentBytes} bytes per ${type.toUpperCase()} policy`;
    throw hasQuotaError ? quotaError(message, kind.bytesQuotaCode) : validationError(message);
  }
  return document;
}
