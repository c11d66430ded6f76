export * from "./access-matrix";
export * from "./explain";
export * from "./explanation";
export * from "./world";
