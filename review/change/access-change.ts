import type { AccessMatrix } from "../../service";
import type { ReadWorld } from "../world";
import type { AccessPath, PathEndpoint } from "./access-path";

/** Paths that a step opens, closes, or may close or open. */
export interface PathDifference {
  readonly gained: readonly AccessPath[];
  readonly lost: readonly AccessPath[];
  /** Paths that are there before and of which the plan does not tell whether they stay. */
  readonly unsure: readonly AccessPath[];
  /** How many paths stay as they are: pairs of somebody and a name or pattern, dashboards apart. */
  readonly unchanged: number;
}

export type InterruptionReason =
  | "endpoint-replaced"
  | "endpoint-moved"
  | "policy-replaced"
  | "collection-replaced"
  | "security-group-replaced"
  | "source-replaced";

/** Access that is there before and after the apply, and not while it runs. */
export interface Interruption {
  readonly reason: InterruptionReason;
  /** Terraform address of what is replaced. */
  readonly address: string;
  /** What it is called: the endpoint's, policy's or collection's name. */
  readonly name?: string | undefined;
  readonly endpoint?: PathEndpoint | undefined;
  /** The VPCs that lose access meanwhile; empty where it is not known which. */
  readonly vpcIds: readonly string[];
  /** Attributes that force the replacement. */
  readonly because: readonly string[];
  readonly loses: readonly AccessPath[];
  /** In words, to be read after "until": "the new endpoint is active …". */
  readonly until: string;
  /** Seconds that it takes, from and to, where anybody measured it. */
  readonly seconds?: readonly [from: number, to: number] | undefined;
}

/** A resource that somebody else changed since the last run. */
export interface DriftedResource {
  readonly address: string;
  readonly type: string;
  /** `delete`: it is gone. */
  readonly action: "update" | "delete";
  /** The attributes that differ, sorted. */
  readonly attributes: readonly string[];
  /** Whether the plan sets it back to what the configuration says. */
  readonly overwritten: boolean;
}

/** What somebody else changed since the last run, already part of `before`. */
export interface Drift extends PathDifference {
  readonly resources: readonly DriftedResource[];
}

/** One account and Region on both sides of a plan. */
export interface ScopeChange {
  /** As paths name it; undefined where the plan is of one account and Region. */
  readonly scope?: string | undefined;
  /** As it is now: what Terraform saw when it planned. */
  readonly before: ReadWorld;
  /** The same as it is once the plan is applied. */
  readonly after: ReadWorld;
  readonly matrixBefore: AccessMatrix;
  readonly matrixAfter: AccessMatrix;
}

/** What a plan changes of who reaches what. */
export interface AccessChange extends PathDifference {
  /** At least one. */
  readonly scopes: readonly ScopeChange[];
  /** Whether the plan tells of all accounts and Regions what its policies will say and whom its endpoints let in. */
  readonly tellsAll: boolean;
  readonly interruptions: readonly Interruption[];
  readonly drift: Drift;
  /** What could not be told, one line each. */
  readonly notSeen: readonly string[];
}
