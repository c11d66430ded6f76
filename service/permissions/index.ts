export * from "./feature";
export * from "./iam-policy";
export * from "./permission-row";
export * from "./permission-scope";
