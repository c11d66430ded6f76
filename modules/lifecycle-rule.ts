import { Token } from "cdktf";
import { checkIndexPattern, checkKeepDays, type Problem, type RetentionWish } from "../service";
import { longestIndexPattern } from "./index-pattern";
import { checkListIsKnown, isKnown } from "./known";
import type { StandIns } from "./stand-ins";

/** For how long the data of indexes is kept at least. */
export interface LifecycleRule {
  /** Indexes as `COLLECTION/INDEX`; each may be a name, a prefix (`logs/web-*`), or `*`. */
  readonly indexes: readonly string[];
  /**
   * Days, 1 to 3650, after which the service may delete the data.
   * @default - the data is kept for ever
   */
  readonly keepDays?: number;
}

/** What is wrong with a rule, as far as its values are known. */
export function checkLifecycleRule({ indexes, keepDays }: LifecycleRule): Problem[] {
  const unknown = checkListIsKnown("indexes", indexes);
  if (unknown) return [unknown];
  if (indexes.length === 0) {
    return [{ problem: "no index in a retention rule", remedy: 'name indexes, such as "logs/web-*"' }];
  }
  if (keepDays !== undefined && Token.isUnresolved(keepDays)) {
    const problem = "keepDays: a number that only Terraform knows cannot stand in a policy";
    return [{ problem, remedy: "give the number itself" }];
  }
  const days = keepDays === undefined ? undefined : checkKeepDays(keepDays);
  return [
    ...indexes.flatMap((pattern) =>
      isKnown(pattern) ? (checkIndexPattern(pattern, "retention") ?? []) : [],
    ),
    ...(days ? [days] : []),
  ];
}

/** A rule as the builder of policies takes it, with what stands for the values that only Terraform knows. */
export function retentionWish({ indexes, keepDays }: LifecycleRule, standIns: StandIns): RetentionWish {
  return {
    indexes: indexes.map((pattern) => standIns.standIn(pattern, { longest: longestIndexPattern(pattern) })),
    retention: keepDays === undefined ? "unlimited" : `${keepDays}d`,
  };
}
