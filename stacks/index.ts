export * from "./add-stacks";
export * from "./private-access-stack";
export { refuseRealState } from "./sandbox-state";
export { makeSandboxWorkspaces } from "./sandbox-workspaces";
