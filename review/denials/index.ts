export * from "./explain-failure";
export { denialJson } from "./json";
export { denialText } from "./text";
