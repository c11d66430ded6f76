import { networkPolicyResource } from "./collection-pattern";
import { type DocumentProblem, type Findings, findingsOf, mergeRules, shown } from "./policy-document";
import type { Problem } from "./problem";

/** The collections, as `collection/NAME`, that are encrypted with the policy's key. */
export interface EncryptionPolicyRule {
  readonly ResourceType: "collection";
  readonly Resource: readonly string[];
}

/** An encryption policy as OpenSearch Serverless takes it: rules, and AWS's own key or the ARN of a KMS key. */
export type EncryptionPolicyDocument = { readonly Rules: readonly EncryptionPolicyRule[] } & (
  | { readonly AWSOwnedKey: true }
  | { readonly AWSOwnedKey?: false; readonly KmsARN: string }
);

/** Which collections are to be encrypted with which key. */
export interface EncryptionWish {
  /** Collection names, prefixes (`logs-*`) or `*`. */
  readonly collections: readonly string[];
  /**
   * ARN of a KMS key of the same Region; what stands for an ARN not known yet may be given.
   * @default - the key that AWS owns
   */
  readonly kmsKeyArn?: string | undefined;
}

/** The document that encrypts these collections with this key, and no other. */
export function encryptionDocument({ collections, kmsKeyArn }: EncryptionWish): EncryptionPolicyDocument {
  const Rules: EncryptionPolicyRule[] = [
    { ResourceType: "collection", Resource: collections.map((pattern) => `collection/${pattern}`) },
  ];
  return kmsKeyArn === undefined ? { Rules, AWSOwnedKey: true } : { Rules, KmsARN: kmsKeyArn };
}

/**
 * The one text of a policy: minified, keys in alphabetical order, resources sorted and unique in one rule. With a
 * KMS key `AWSOwnedKey` is always written, as in AWS's own examples.
 */
export function serialiseEncryptionPolicy(document: EncryptionPolicyDocument): string {
  const key = "KmsARN" in document ? { AWSOwnedKey: false, KmsARN: document.KmsARN } : { AWSOwnedKey: true };
  const Rules = mergeRules(document.Rules, ({ ResourceType }, Resource) => ({ Resource, ResourceType }));
  return JSON.stringify({ ...key, Rules });
}

/**
 * ARN of a KMS key by its id, in any partition: a UUID, or `mrk-` and 32 hexadecimal digits for a multi-Region key (KMS
 * developer guide, key identifiers). The API model has a narrower form, UUIDs alone, for the key in CreateCollection
 * (EncryptionConfigKmsKeyArnString); no source has it for policies, so they are not held to it.
 */
export const kmsKeyArnPattern =
  /^arn:aws(?:-[a-z]+)*:kms:([a-z0-9-]+):[0-9]{12}:key\/(?:[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}|mrk-[a-f0-9]{32})$/;

/** As long as the ARN of a KMS key can be (API model 2021-11-01); what one not known yet is counted as. */
export const longestKmsKeyArn = `arn:aws:kms:${"0".repeat(88)}`;

/** Checks the ARN of a KMS key: its form and, where the policy's Region is known, that it is of the same Region. */
export function checkKmsKeyArn(arn: string, region?: string): Problem | undefined {
  const keyRegion = kmsKeyArnPattern.exec(arn)?.[1];
  if (keyRegion === undefined) {
    return {
      problem: `${shown(arn)} is not the ARN of a KMS key`,
      remedy: `${/alias\//.test(arn) ? "an alias is not taken; " : ""}give one such as "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef"`,
    };
  }
  if (region === undefined || keyRegion === region) return undefined;
  return {
    problem: `${shown(arn)} is a key of ${keyRegion}, the policy is of ${region}`,
    remedy: `give a key of ${region}`,
  };
}

const documentKeys = ["Rules", "AWSOwnedKey", "KmsARN"];
const ruleKeys = ["ResourceType", "Resource"];

/** What is known beside the document. */
export interface EncryptionPolicyContext {
  /** The policy's Region; the key has to be of it. */
  readonly region?: string;
}

/**
 * Checks a whole encryption policy, also one that somebody else wrote, against every rule AWS is known to apply
 * (developer guide and probes): one object, known keys, collections only, AWS's own key or a KMS key but not both,
 * size. Returns all that is wrong; nothing means AWS should take it, unless another encryption policy names the very
 * same resource.
 */
export function validateEncryptionPolicy(
  document: unknown,
  { region }: EncryptionPolicyContext = {},
): DocumentProblem[] {
  return findingsOf("encryption", document, (findings) => {
    if (Array.isArray(document)) {
      findings.add("an encryption policy is one object, an array found", "leave out the [ ]");
      return;
    }
    const members = findings.members(document, "an encryption policy", documentKeys);
    if (!members) return;
    findings.at("Rules").each(members["Rules"], "one rule", "{ ResourceType, Resource }", checkRule);
    checkKey(members["AWSOwnedKey"], members["KmsARN"], findings, region);
  });
}

function checkRule(rule: unknown, at: Findings): void {
  const members = at.members(rule, "a rule", ruleKeys);
  if (!members) return;
  at.at("ResourceType").word(members["ResourceType"], "a ResourceType of an encryption policy", [
    "collection",
  ]);
  at.at("Resource").each(members["Resource"], "one collection", '"collection/NAME"', (resource, place) => {
    place.text(resource, "a collection resource", networkPolicyResource);
  });
}

function checkKey(owned: unknown, arn: unknown, at: Findings, region: string | undefined): void {
  const ownedAt = at.at("AWSOwnedKey");
  if (owned !== undefined && typeof owned !== "boolean") {
    ownedAt.add("AWSOwnedKey is true or false", "write true, or leave it out and name a key in KmsARN");
  } else if (owned === true && arn !== undefined) {
    ownedAt.add("AWS's own key and a KMS key in one policy", "drop KmsARN, or make AWSOwnedKey false");
  } else if (owned !== true && arn === undefined) {
    ownedAt.add("no key", "write AWSOwnedKey: true, or name a key in KmsARN");
  }
  if (arn === undefined) return;
  const problem =
    typeof arn === "string"
      ? checkKmsKeyArn(arn, region)
      : { problem: "KmsARN is a text", remedy: "give the ARN of a KMS key" };
  if (problem) at.at("KmsARN").add(problem.problem, problem.remedy);
}
