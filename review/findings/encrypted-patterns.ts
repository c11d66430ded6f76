import { readPolicy, type SeenResource, text } from "../world";

/** A pattern of an encryption policy. */
export interface EncryptedPattern {
  /** As written, `orders-*`. */
  readonly text: string;
  /** Without the `*`. */
  readonly start: string;
  readonly isPrefix: boolean;
  readonly name: string;
  readonly address: string | undefined;
  /** Tells the policy from all others: its address, else its name. */
  readonly policy: string;
  /** Account and Region, as far as known: policies of two have nothing to do with each other. */
  readonly scope: string;
}

/** The patterns of all encryption policies that can be read. */
export function encryptedPatterns(policies: readonly SeenResource[]): EncryptedPattern[] {
  return policies.flatMap(({ values, address, scope }) => {
    const [name, policy] = [text(values["name"]) ?? "", text(values["policy"])];
    if (values["type"] !== "encryption" || policy === undefined) return [];
    const read = readPolicy("encryption", policy);
    if (!("document" in read)) return [];
    const resources = new Set(read.document.Rules.flatMap(({ Resource }) => Resource));
    return [...resources].map((resource) => {
      const pattern = resource.replace(/^collection\//, "");
      const isPrefix = pattern.endsWith("*");
      return {
        text: pattern,
        start: isPrefix ? pattern.slice(0, -1) : pattern,
        isPrefix,
        name,
        address,
        policy: address ?? name,
        scope: JSON.stringify([scope.account, scope.region]),
      };
    });
  });
}
