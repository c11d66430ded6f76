export * from "./access-matrix";
export * from "./build-access-matrix";
export * from "./explain";
export * from "./explanation";
export * from "./matrix-lookup";
export * from "./world";
