import { type DataAccessPolicyDocument, validateDataAccessPolicy } from "./data-access-policy";
import { type EncryptionPolicyDocument, validateEncryptionPolicy } from "./encryption-policy";
import { type LifecyclePolicyDocument, validateLifecyclePolicy } from "./lifecycle-policy";
import { type JsonNode, placesIn, readJson, type TextPlace } from "./located-json";
import { type NetworkPolicyDocument, validateNetworkPolicy } from "./network-policy";
import type { DocumentPath, DocumentProblem, PolicyKind } from "./policy-document";

/** The document of each kind of policy. */
export interface PolicyDocuments {
  readonly network: NetworkPolicyDocument;
  readonly encryption: EncryptionPolicyDocument;
  readonly data: DataAccessPolicyDocument;
  readonly retention: LifecyclePolicyDocument;
}

/** What is wrong in the text of a policy, and where. */
export interface LocatedProblem extends DocumentProblem, TextPlace {}

/** A policy's document as it stands in the text, or all that is wrong with it, from top to bottom. */
export type ParsedPolicy<Kind extends PolicyKind> =
  | { readonly document: PolicyDocuments[Kind] }
  | { readonly problems: readonly LocatedProblem[] };

/** What is known of a policy beside its text; what is given is checked. */
export interface PolicyContext {
  /** 12 digits; principals of a data access policy have to be of it. */
  readonly account?: string;
  /** The KMS key of an encryption policy has to be of it. */
  readonly region?: string;
}

const validate: Readonly<
  Record<PolicyKind, (document: unknown, context: PolicyContext) => DocumentProblem[]>
> = {
  network: validateNetworkPolicy,
  encryption: validateEncryptionPolicy,
  data: validateDataAccessPolicy,
  retention: validateLifecyclePolicy,
};

/**
 * Reads the text of a policy that somebody wrote: strict JSON, no key twice in an object, and a document that AWS is
 * known to take. Nothing of the document is changed.
 */
export function parsePolicy<Kind extends PolicyKind>(
  kind: Kind,
  text: string,
  context: PolicyContext = {},
): ParsedPolicy<Kind> {
  const { root, problems } = readJson(text);
  const broken = problems.map(({ offset, ...problem }) => ({ path: [], offset, ...problem }));
  const wrong = root
    ? validate[kind](root.value, context).map((one) => ({ ...one, offset: offsetOf(root, one.path) }))
    : [];
  const all = [...broken, ...wrong].sort((a, b) => a.offset - b.offset);
  if (all.length === 0 && root) return { document: root.value as PolicyDocuments[Kind] };
  const placeOf = placesIn(text);
  return { problems: all.map(({ offset, ...problem }) => ({ ...problem, ...placeOf(offset) })) };
}

/** Where a path leads: to the key of a member, to an item itself; what is missing is missing where it would be. */
function offsetOf(root: JsonNode, path: DocumentPath): number {
  let node = root;
  let { offset } = root;
  for (const step of path) {
    const member = typeof step === "string" ? node.members?.get(step) : undefined;
    const next = typeof step === "number" ? node.items?.[step] : member?.node;
    if (!next) break;
    offset = member?.keyOffset ?? next.offset;
    node = next;
  }
  return offset;
}

/** A path as people write it: `Rules[1].Resource[0]`; empty for the document itself. */
export function pathText(path: DocumentPath): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .replace(/^\./, "");
}
