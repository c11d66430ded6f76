export * from "./check-scope";
export * from "./feature";
export * from "./iam-policy";
export * from "./permission-row";
export * from "./permission-scope";
export * from "./policies";
export * from "./statement-names";
export { permissionTable } from "./table";
