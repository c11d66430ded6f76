export { reviewMarkdown } from "./markdown";
export type { NamedReview, ReportedRule } from "./named-review";
export { type ReviewTextOptions, reviewText } from "./text";
