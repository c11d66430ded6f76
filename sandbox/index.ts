export { sandboxAccessKeyId, sandboxAccountId } from "./access/credential-scope";
export type { Speed } from "./durations";
export type { SandboxCall } from "./journal";
export { OtherWorld, type Sandbox, type SandboxOptions, startSandbox } from "./sandbox";
export type { SandboxContents } from "./state/contents";
export { StateInUse } from "./state/state-file";
export { UnreadableState } from "./state/state-text";
