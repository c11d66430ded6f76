export { reviewHtml } from "./html";
export { type ReviewJson, reviewJson, reviewsJson } from "./json";
export { type JunitOptions, reviewJunit } from "./junit";
export { reviewMarkdown } from "./markdown";
export type { NamedReview, ReportedRule } from "./named-review";
export { reviewSarif, type SarifOptions } from "./sarif";
export { type ReviewTextOptions, reviewText } from "./text";
