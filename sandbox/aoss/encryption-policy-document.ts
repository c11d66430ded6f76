import { checkBoolean, checkObject, checkRules, checkString, type Problems } from "./policy-document-check";

const keyArnPattern =
  /^arn:(?:aws|aws-us-gov|aws-cn|aws-iso|aws-iso-b):kms:([a-z0-9-]+):\d{12}:key\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * What is wrong with an encryption policy document; empty if nothing is. It is one object with Rules on
 * collections and either AWSOwnedKey true or the ARN of a KMS key in the same Region (AWS documentation of
 * encryption policies, and answers seen from the service).
 */
export function encryptionPolicyProblems(document: unknown, region: string): readonly string[] {
  const problems: Problems = { found: [] };
  const members = checkObject(problems, "$", document, {
    required: ["Rules"],
    optional: ["AWSOwnedKey", "KmsARN"],
  });
  if (!members) return problems.found;
  const { Rules: rules, AWSOwnedKey: isOwnedByAws, KmsARN: keyArn } = members;
  if (rules !== undefined) checkRules(problems, "$.Rules", rules, ["collection"]);
  if (isOwnedByAws !== undefined) checkBoolean(problems, "$.AWSOwnedKey", isOwnedByAws);
  if (keyArn !== undefined && checkString(problems, "$.KmsARN", keyArn, { pattern: keyArnPattern })) {
    const keyRegion = keyArnPattern.exec(keyArn)?.[1];
    if (keyRegion !== region) problems.found.push(`$.KmsARN: the key is in ${keyRegion}, not in ${region}`);
  }
  if (keyArn === undefined && isOwnedByAws === undefined) {
    problems.found.push("$.AWSOwnedKey: is missing but it is required");
  }
  if (keyArn === undefined && isOwnedByAws === false) {
    problems.found.push("$.AWSOwnedKey: must be a constant value true");
  }
  if (keyArn !== undefined && isOwnedByAws === true) {
    problems.found.push("$.AWSOwnedKey: must be a constant value false");
  }
  return problems.found;
}
