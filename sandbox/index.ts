export { sandboxAccessKeyId, sandboxAccountId } from "./access/credential-scope";
export type { Speed } from "./durations";
export type { SandboxCall } from "./journal";
export { type Sandbox, type SandboxOptions, startSandbox } from "./sandbox";
export type { SandboxContents } from "./state/contents";
