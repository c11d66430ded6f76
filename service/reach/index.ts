export * from "./access-matrix";
export * from "./explanation";
export * from "./world";
