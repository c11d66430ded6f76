export { actionHints } from "./access/action-hints";
export { sandboxAccessKeyId, sandboxAccountId } from "./access/credential-scope";
export { type Identity, identityFromPolicy, identityPolicySchema } from "./access/identity";
export { InvalidIdentityPolicy } from "./access/policy-problem";
export type { Speed } from "./durations";
export {
  type DescribeFaults,
  type FaultDefinition,
  type FaultProblem,
  type FaultsFile,
  faultsSchema,
  InvalidFaults,
} from "./faults/fault-definition";
export { FaultSwitch, faultsFrom } from "./faults/fault-switch";
export { type Hcp, type HcpOptions, startHcp } from "./hcp/server";
export type { SandboxCall } from "./journal";
export { OtherWorld, type Sandbox, type SandboxOptions, startSandbox } from "./sandbox";
export type { SandboxContents } from "./state/sandbox-contents";
export { StateInUse } from "./state/state-file";
export { UnreadableState } from "./state/state-text";
export { defaultWorld } from "./world/default-world";
export { type WorldFile, worldSchema } from "./world/world";
