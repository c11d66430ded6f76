export type { SandboxCall } from "./answer";
export type { SandboxContents } from "./contents";
export { sandboxAccessKeyId, sandboxAccountId } from "./credential-scope";
export { type Sandbox, type SandboxOptions, startSandbox } from "./sandbox";
