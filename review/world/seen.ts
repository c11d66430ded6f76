import type { AccessWorld } from "../../service";
import type { Value } from "./evaluate";

/** Account and Region that something belongs to, as far as known. */
export interface Scope {
  /** 12 digits. */
  readonly account?: string | undefined;
  readonly region?: string | undefined;
}

/**
 * A resource or data source as one of the inputs has it, in the words of Terraform's AWS provider whatever the
 * input is. What is not known in its values is a mark (`Unknowns`).
 */
export interface SeenResource {
  /** The input it is of. */
  readonly label: string;
  /** Of Terraform; undefined for what comes from AWS itself. */
  readonly address?: string | undefined;
  /** What its stack calls it, without the stack: the key of the access file. */
  readonly key?: string | undefined;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly values: Readonly<Record<string, Value>>;
  /** The id, or the mark that stands for it. */
  readonly id: string;
  readonly scope: Scope;
  /** Where two inputs differ, the one of the lower rank counts. */
  readonly rank: Rank;
  /** A plan takes it away: with the values it had. */
  readonly removed?: boolean;
  /** It is what the AWS CLI printed. */
  readonly exported?: boolean;
  /** What is read from AWS is as of the last refresh, which may have been before the last apply. */
  readonly refreshed?: boolean;
}

/** 0: what is wanted, of a plan or a configuration; 1: what Terraform last saw; 2: what is exported from AWS. */
export type Rank = 0 | 1 | 2;

/** What stands in one input. */
export interface SeenInput {
  readonly label: string;
  readonly resources: readonly SeenResource[];
  /** What could not be read, one line each. */
  readonly notSeen: readonly string[];
  /** What could not be read and might open something. */
  readonly doubts: readonly Doubt[];
}

/** Something not seen that could change an answer. */
export interface Doubt {
  readonly kind: "network" | "data" | "generation";
  /** One line. */
  readonly text: string;
  /** Names and patterns of the collections it may concern; undefined: any. */
  readonly collections?: readonly string[] | undefined;
  /** Whose it is, as far as known; undefined: of all that its input tells of. */
  readonly scope?: Scope;
  /** Only told where it decides. */
  readonly quiet?: boolean;
  /** All that it would add if it counted; undefined: that is not known. */
  readonly mayAdd?: Partial<Pick<AccessWorld, "networkPolicies" | "dataPolicies">>;
  /** The policy that it is about, where nothing of it is read. */
  readonly unread?: UnreadPolicy;
}

/** A policy of which nothing is read: it counts for no answer. */
export interface UnreadPolicy {
  readonly name: string;
  readonly address?: string | undefined;
  /** One line: what is wrong with its text, or the name that stands for it. */
  readonly why: string;
  /** Whether its text, which cannot be read as a policy, lets in the public all the same. */
  readonly isPublic: boolean;
}

/** The types that tell who reaches what; no other is looked at. */
export const seenTypes: ReadonlySet<string> = new Set([
  "aws_opensearchserverless_vpc_endpoint",
  "aws_vpc_endpoint",
  "aws_vpc_endpoint_private_dns",
  "aws_vpc_endpoint_security_group_association",
  "aws_security_group",
  "aws_default_security_group",
  "aws_vpc_security_group_ingress_rule",
  "aws_security_group_rule",
  "aws_opensearchserverless_security_policy",
  "aws_opensearchserverless_access_policy",
  "aws_opensearchserverless_lifecycle_policy",
  "aws_opensearchserverless_collection",
  "aws_opensearchserverless_collection_group",
  "aws_vpc",
  "aws_default_vpc",
  "aws_vpc_ipv4_cidr_block_association",
  "aws_vpc_ipv6_cidr_block_association",
  "aws_ec2_managed_prefix_list",
  "aws_ec2_managed_prefix_list_entry",
  "aws_prefix_list",
  "aws_route53_zone",
  "aws_route53_zone_association",
  "aws_caller_identity",
]);

/** These belong to one account and Region; networks and endpoints are the same seen from any. */
export const ofOneScope: ReadonlySet<string> = new Set([
  "aws_opensearchserverless_security_policy",
  "aws_opensearchserverless_access_policy",
  "aws_opensearchserverless_collection",
  "aws_opensearchserverless_collection_group",
]);

/** A text value that is there. */
export const text = (value: Value): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** The items of a list; none where there is no list. */
export const list = (value: Value): readonly Value[] => (Array.isArray(value) ? value : []);

/** The texts in a list. */
export const texts = (value: Value): string[] => list(value).flatMap((item) => text(item) ?? []);

/** An object's members; none where it is no object. */
export const members = (value: Value): Readonly<Record<string, Value>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, Value>)
    : {};

/** How a line names a resource: its address, else what it is and its id. */
export function placeOf({ address, label, type, id }: SeenResource): string {
  const what = type.replace(/^aws_(?:opensearchserverless_)?/, "").replaceAll("_", " ");
  return `${label}: ${address ?? `${what} ${id}`}`;
}
