export * from "./aws-partition";
export * from "./cidr";
export * from "./collection";
export * from "./collection-pattern";
export * from "./compile";
export * from "./data-access-permissions";
export * from "./data-access-policy";
export * from "./encryption-policy";
export * from "./endpoint";
export * from "./endpoint-names";
export * from "./grant";
export * from "./ids";
export * from "./index-pattern";
export * from "./lifecycle-policy";
export { type NamePattern, namePattern } from "./name-pattern";
export * from "./names";
export * from "./network-policy";
export * from "./parse-policy";
export * from "./permissions";
export {
  checkPolicySize,
  compareText,
  type DocumentPath,
  type DocumentProblem,
  type PolicyKind,
} from "./policy-document";
export * from "./principal";
export * from "./problem";
export * from "./quotas";
export * from "./reach";
export * from "./regions";
export * from "./retention";
export * from "./services";
export * from "./tags";
export * from "./text";
