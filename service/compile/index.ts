export * from "./compile-data-access-policies";
export * from "./compile-encryption-policies";
export * from "./compile-lifecycle-policies";
export * from "./compile-network-policies";
export type { CompiledPolicy, CompileOptions } from "./compiled-policy";
