export * from "./access-file";
export * from "./access-file-error";
export { endpointName } from "./derived-names";
export * from "./load";
export * from "./locate";
export { loadWithSchema, readText } from "./located-yaml";
export * from "./report";
