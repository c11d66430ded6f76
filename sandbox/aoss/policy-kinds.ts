import { servicePattern } from "../../service";
import type { Call } from "../call";
import { conflictError, validationError } from "../protocol/aws-error";
import type { PolicyType } from "../state/state";
import { dataPolicySchema } from "./data-policy.schema";
import { encryptionPolicySchema } from "./encryption-policy.schema";
import { networkPolicySchema } from "./network-policy.schema";
import { type DocumentCheck, documentCheck } from "./policy-document-check";
import { resourcesOf } from "./policy-resources";
import { retentionPolicySchema } from "./retention-policy.schema";

/** In what the policies of one type differ from the others. */
export interface PolicyKind {
  /** member of the answer to Create, Get and Update */
  readonly detail: string;
  /** member of the answer to List */
  readonly summaries: string;
  readonly problemsOf: DocumentCheck;
  /** Throws for what a schema cannot say. */
  readonly refuse?: (call: Call, document: unknown) => void;
  /** Throws if the policy cannot stand beside those that are there. */
  readonly refuseBeside?: (call: Call, name: string, document: unknown) => void;
  /** per account and Region (quota table); undefined: none is published */
  readonly maxPolicies?: { readonly count: number; readonly quotaCode: string };
  /** of the limit on the bytes of a document; undefined: none is published */
  readonly bytesQuotaCode?: string;
  /** Whether the API model gives the update a ServiceQuotaExceededException. */
  readonly updateHasQuotaError: boolean;
}

const securityPolicy = {
  detail: "securityPolicyDetail",
  summaries: "securityPolicySummaries",
  updateHasQuotaError: true,
} as const;

/** Quotas and their codes: quota table of OpenSearch Serverless. */
export const policyKinds: Readonly<Record<PolicyType, PolicyKind>> = {
  network: {
    ...securityPolicy,
    problemsOf: documentCheck(networkPolicySchema),
    refuse: (_call, document) => refuseUnknownServices(document as readonly NetworkBlock[]),
    maxPolicies: { count: 500, quotaCode: "L-92280D4D" },
    bytesQuotaCode: "L-877395DB",
  },
  encryption: {
    ...securityPolicy,
    problemsOf: documentCheck(encryptionPolicySchema),
    refuse: (call, document) => refuseForeignKey(call, (document as EncryptionDocument).KmsARN),
    refuseBeside: refuseSameResource,
    maxPolicies: { count: 150, quotaCode: "L-3EDA8079" },
    bytesQuotaCode: "L-2005AF7E",
  },
  data: {
    detail: "accessPolicyDetail",
    summaries: "accessPolicySummaries",
    problemsOf: documentCheck(dataPolicySchema),
    refuse: (call, document) => refuseOtherAccounts(call, document as readonly DataBlock[]),
    maxPolicies: { count: 500, quotaCode: "L-C3AEE11F" },
    bytesQuotaCode: "L-81F90FD2",
    updateHasQuotaError: false,
  },
  retention: {
    detail: "lifecyclePolicyDetail",
    summaries: "lifecyclePolicySummaries",
    problemsOf: documentCheck(retentionPolicySchema),
    updateHasQuotaError: true,
  },
};

interface NetworkBlock {
  readonly SourceServices?: readonly string[];
}

interface EncryptionDocument {
  readonly KmsARN?: string;
}

interface DataBlock {
  readonly Principal: readonly string[];
}

/** Seen to be refused. Which services AWS takes beside those that it documents, nobody knows: the set is open. */
const refusedServices = ["lambda.amazonaws.com"];

function refuseUnknownServices(blocks: readonly NetworkBlock[]): void {
  const named = blocks.flatMap((block) => block.SourceServices ?? []);
  const unknown = named.filter(
    (service) => !servicePattern.test(service) || refusedServices.includes(service),
  );
  if (unknown.length > 0) throw validationError(`Invalid SourceServices: [${unknown.join(", ")}]`);
}

function refuseForeignKey(call: Call, keyArn: string | undefined): void {
  if (keyArn === undefined || keyArn.split(":")[3] === call.region) return;
  throw validationError(`Invalid kmsKeyId ${keyArn}`);
}

/** Two encryption policies may overlap, but not name the very same resource. */
function refuseSameResource(call: Call, name: string, document: unknown): void {
  const taken = new Set(
    [...call.state.policies.values()]
      .filter((other) => other.type === "encryption" && other.name !== name)
      .flatMap((other) => resourcesOf(other.document)),
  );
  if (resourcesOf(document).some((resource) => taken.has(resource))) {
    throw conflictError("Given encryption policy is conflicting with the existing encryption policies");
  }
}

/** The account of `arn:aws:iam::ACCOUNT:role/...` and of `saml/ACCOUNT/...`; others do not name one for sure. */
const accountIn = (principal: string): string | undefined =>
  /^(?:arn:[^:]*:(?:iam|sts)::|saml\/)(\d{12})[:/]/.exec(principal)?.[1];

function refuseOtherAccounts(call: Call, blocks: readonly DataBlock[]): void {
  const accounts = blocks.flatMap((block) => block.Principal.map(accountIn));
  if (accounts.some((account) => account !== undefined && account !== call.account)) {
    throw validationError(
      "Cross account principal(s) are not allowed in policy. Please update the policy and retry",
    );
  }
}
