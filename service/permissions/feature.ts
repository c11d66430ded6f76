import { compareText } from "../policy-document";
import type { Problem } from "../problem";
import { didYouMean } from "../text";

/** What a deployment does, as far as it takes permissions of its own; in a sentence for people. */
export const featureTitles = {
  "managed-endpoint": "endpoints that OpenSearch Serverless manages, for Classic collections",
  "nextgen-endpoint": "interface endpoints of EC2 for NEXTGEN collections",
  "security-group": "security groups of the endpoints and their rules",
  "endpoint-tags": "tags on endpoints that OpenSearch Serverless manages",
  "shared-zone": "the private hosted zone of an endpoint shared with other VPCs",
  "network-policies": "network policies",
  "encryption-policies": "encryption policies",
  "data-access-policies": "data access policies",
  "lifecycle-policies": "lifecycle policies",
  collections: "collections",
  "collection-group": "collections that join a collection group",
  "collection-tags": "tags on collections",
  "customer-key": "collections encrypted with a KMS key of the customer's",
} as const satisfies Readonly<Record<string, string>>;

/** One thing a deployment does that takes permissions of its own. */
export type Feature = keyof typeof featureTitles;

/** All features, in the order in which they are told. */
export const allFeatures = Object.keys(featureTitles) as readonly Feature[];

const isFeature = (text: string): text is Feature => Object.hasOwn(featureTitles, text);

/** What is wrong with the name of a feature. */
export function checkFeature(text: string): Problem | undefined {
  if (isFeature(text)) return undefined;
  const [first = "", ...others] = text.split(/[\s,;]+/);
  if (others.length > 0 && isFeature(first)) {
    return { problem: `"${text}" is a list, one feature is wanted`, remedy: "give each of them by itself" };
  }
  const meant = didYouMean(text, allFeatures);
  return {
    problem: `no feature "${text}"`,
    remedy: `${meant ? `did you mean "${meant}"? ` : ""}defined: ${[...allFeatures].sort(compareText).join(", ")}`,
  };
}
