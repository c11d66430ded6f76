import type { AccountState, RegionState } from "./state/state";

/** What takes time in AWS. */
export type StatusChange =
  | "endpoint create"
  | "endpoint update"
  | "endpoint delete"
  | "collection create"
  | "collection update"
  | "collection delete";

/** What an operation gets to see of the world. */
export interface Call {
  /** 12 digits: whose credentials signed the call, and who owns what it makes */
  readonly account: string;
  readonly region: string;
  /** milliseconds since 1970 */
  readonly now: number;
  /** Whether ids that are not in the world are taken as they come. */
  readonly openWorld: boolean;
  readonly state: RegionState;
  readonly accountState: AccountState;
  /** How long a status change takes, in milliseconds. */
  duration(change: StatusChange): number;
  /**
   * Says that AWS calls another action with the caller's permissions, such as `ec2:CreateVpcEndpoint` for a managed
   * endpoint. Throws AccessDenied if the caller lacks it, so it comes before anything is changed.
   * @param resources ARNs of what it acts upon. @default - what the caller's request says of them
   */
  forward(action: string, resources?: readonly string[]): void;
}

/** An id made here must still be there; one that the sandbox was not told about may exist only in an open world. */
export function isMissing(call: Call, id: string, found: unknown): boolean {
  return found === undefined && (!call.openWorld || call.accountState.issuedIds.has(id));
}
