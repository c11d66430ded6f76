export * from "./add-stacks";
export * from "./private-access-stack";
export { makeSandboxWorkspaces } from "./sandbox-workspaces";
