import { acceptanceExpired } from "../findings/acceptance";
import { rules } from "../findings/rules";
import type { ReportedRule } from "./named-review";

/** All rules that a review goes by, for reports that list them. */
export const reportedRules: readonly ReportedRule[] = [...rules, acceptanceExpired];
