import { type Severity, severities } from "../review/findings/finding";

/** Apart from the command, which loads what draws pictures. */
export const reviewFormats = ["text", "markdown", "sarif", "junit", "json", "html"] as const;

export type ReviewFormat = (typeof reviewFormats)[number];

/** From the gravest on; `never` lets everything pass. */
export const failLevels = [...severities, "never"] as const;

export type FailLevel = Severity | "never";
