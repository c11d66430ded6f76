import { randomInt } from "node:crypto";

/** Prefixes of unique identifiers (IAM user guide): a managed policy, a role. */
type UniqueIdPrefix = "ANPA" | "AROA";

/** An identifier that no other entity ever has: the prefix and 17 letters and digits. */
export const newUniqueId = (prefix: UniqueIdPrefix): string =>
  prefix + Array.from({ length: 17 }, () => randomInt(36).toString(36).toUpperCase()).join("");
