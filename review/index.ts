export * from "./change";
export * from "./findings";
export * from "./picture";
export * from "./plan-summary";
export { symbolic } from "./symbolic";
export * from "./world";
