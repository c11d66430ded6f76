export * from "./change";
export * from "./denials";
export * from "./findings";
export * from "./picture";
export * from "./plan-summary";
export * from "./report";
export { symbolic } from "./symbolic";
export * from "./world";
