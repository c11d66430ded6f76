export * from "./compile-network-policies";
export type { CompiledPolicy, CompileOptions } from "./compiled-policy";
