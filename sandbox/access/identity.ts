import type { Call } from "../call";

/** What the caller may do. */
export interface Identity {
  /**
   * Throws an `AwsError` in AWS's words unless the caller may do this to all of the resources.
   * @param action as in IAM: `ec2:CreateVpcEndpoint`
   * @param service the service that was called, and that words the refusal: `aoss`
   */
  require(action: string, resources: readonly string[], call: Call, service: string): void;
}
