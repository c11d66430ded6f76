export * from "./access-file";
export * from "./access-file-error";
export { checkWith } from "./check-with";
export { endpointName } from "./derived-names";
export type { LocatedProblem } from "./describe-issue";
export * from "./load";
export * from "./locate";
export { loadWithSchema, readText } from "./located-yaml";
export * from "./report";
