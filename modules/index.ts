export { RuleError } from "../service";
export * from "./endpoint-security-group";
export * from "./interface-endpoint";
export * from "./network-policy";
export * from "./private-access";
export * from "./source";
