import type { Call } from "../call";
import { canonicalJson } from "../canonical-json";
import { conflictError, notFoundError, quotaError, validationError } from "../protocol/aws-error";
import type { Policy, PolicyType } from "../state/state";
import { encryptionPolicyProblems } from "./encryption-policy-document";
import { networkPolicyProblems } from "./network-policy-document";
import { page } from "./pages";

type SecurityPolicyType = "encryption" | "network";

interface PolicyKey {
  readonly type: PolicyType;
  readonly name: string;
}

interface CreateSecurityPolicyRequest extends PolicyKey {
  readonly type: SecurityPolicyType;
  readonly policy: string;
  readonly description?: string;
}

interface UpdateSecurityPolicyRequest extends PolicyKey {
  readonly type: SecurityPolicyType;
  readonly policyVersion: string;
  readonly policy?: string;
  readonly description?: string;
}

interface ListSecurityPoliciesRequest {
  readonly type: SecurityPolicyType;
  readonly resource?: readonly string[];
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** Quota table of OpenSearch Serverless: policies per account and Region, and bytes of a minified document. */
const maxDocumentBytes = 10_240;
const quotas = {
  network: { policies: 500, policiesCode: "L-92280D4D", bytesCode: "L-877395DB" },
  encryption: { policies: 150, policiesCode: "L-3EDA8079", bytesCode: "L-2005AF7E" },
} as const;

export function createSecurityPolicy(call: Call, request: CreateSecurityPolicyRequest): object {
  const { type, name, description } = request;
  const held = call.state.policies;
  const document = readDocument(call, type, request.policy);
  if (held.has(keyOf(request))) {
    throw conflictError(`Policy with name ${name} and type ${type} already exists`);
  }
  refuseSameEncryptionResource(call, request, document);
  const { policies, policiesCode } = quotas[type];
  if ([...held.values()].filter((policy) => policy.type === type).length >= policies) {
    throw quotaError(`Your account has reached the limit of ${policies} ${type} policies`, policiesCode);
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
  return { securityPolicyDetail: detailOf(policy) };
}

export function getSecurityPolicy(call: Call, request: PolicyKey): object {
  return { securityPolicyDetail: detailOf(existingPolicy(call, request)) };
}

export function updateSecurityPolicy(call: Call, request: UpdateSecurityPolicyRequest): object {
  const policy = existingPolicy(call, request);
  if (request.policyVersion !== policy.policyVersion) {
    throw validationError(
      "Policy version specified in the request refers to an older version and policy has since changed",
    );
  }
  const document =
    request.policy === undefined ? policy.document : readDocument(call, request.type, request.policy);
  const description = request.description ?? policy.description;
  // The same document in another key order is no change: an error and not a no-op, as users of AWS found out.
  if (
    canonicalJson(document) === canonicalJson(policy.document) &&
    (description ?? "") === (policy.description ?? "")
  ) {
    throw validationError("No changes detected in policy or policy description");
  }
  refuseSameEncryptionResource(call, request, document);
  policy.document = document;
  if (description !== undefined) policy.description = description;
  policy.revision += 1;
  policy.policyVersion = versionOf(call.now, policy.revision);
  policy.lastModifiedDate = call.now;
  return { securityPolicyDetail: detailOf(policy) };
}

export function deleteSecurityPolicy(call: Call, request: PolicyKey): object {
  existingPolicy(call, request);
  call.state.policies.delete(keyOf(request));
  return {};
}

export function listSecurityPolicies(call: Call, request: ListSecurityPoliciesRequest): object {
  const matching = [...call.state.policies.values()].filter(
    (policy) =>
      policy.type === request.type &&
      (request.resource === undefined ||
        resourcesOf(policy.document).some((pattern) =>
          request.resource?.some((resource) => coversResource(pattern, resource)),
        )),
  );
  const { items, nextToken } = page(matching, keyOf, request);
  const securityPolicySummaries = items.map((policy) => {
    const { policy: _document, ...summary } = detailOf(policy);
    return summary;
  });
  return { securityPolicySummaries, ...(nextToken === undefined ? {} : { nextToken }) };
}

const keyOf = ({ type, name }: PolicyKey): string => `${type}/${name}`;

/** Opaque to callers; the same form as AWS's, such as MTY2OTI0MDAwNTk5MF8x. */
const versionOf = (now: number, revision: number): string =>
  Buffer.from(`${now}_${revision}`).toString("base64");

function detailOf(policy: Policy) {
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
  const policy = call.state.policies.get(keyOf(key));
  if (policy) return policy;
  throw notFoundError(`Policy with name ${key.name} and type ${key.type} is not found`);
}

function readDocument(call: Call, type: SecurityPolicyType, text: string): unknown {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw validationError(`Policy json is invalid, error: [${(error as Error).message}]`);
  }
  const problems =
    type === "network" ? networkPolicyProblems(document) : encryptionPolicyProblems(document, call.region);
  if (problems.length > 0) throw validationError(`Policy json is invalid, error: [${problems.join(", ")}]`);
  if (Buffer.byteLength(JSON.stringify(document)) > maxDocumentBytes) {
    throw quotaError(
      `Your request exceeds the ${type}-policy-max-size-bytes limit of ${maxDocumentBytes} bytes per ${type.toUpperCase()} policy`,
      quotas[type].bytesCode,
    );
  }
  return document;
}

/** Two encryption policies may overlap, but not name the very same resource. */
function refuseSameEncryptionResource(call: Call, key: PolicyKey, document: unknown): void {
  if (key.type !== "encryption") return;
  const taken = new Set(
    [...call.state.policies.values()]
      .filter((other) => other.type === "encryption" && other.name !== key.name)
      .flatMap((other) => resourcesOf(other.document)),
  );
  if (resourcesOf(document).some((resource) => taken.has(resource))) {
    throw conflictError("Given encryption policy is conflicting with the existing encryption policies");
  }
}

/** The resources that a checked document names: a network policy has blocks with Rules, an encryption policy is one. */
function resourcesOf(document: unknown): readonly string[] {
  const blocks = (Array.isArray(document) ? document : [document]) as readonly {
    readonly Rules: readonly { readonly Resource: readonly string[] }[];
  }[];
  return blocks.flatMap((block) => block.Rules.flatMap((rule) => rule.Resource));
}

const coversResource = (pattern: string, resource: string): boolean =>
  pattern.endsWith("*") ? resource.startsWith(pattern.slice(0, -1)) : pattern === resource;
