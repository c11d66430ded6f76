import type { Call } from "../call";
import { AwsError } from "../protocol/aws-error";

/** Why something is refused: nothing allows it, or a statement denies it. */
export type Denial = "implicit" | "explicit";

export const callerArn = (account: string): string => `arn:aws:iam::${account}:user/sandbox`;

/**
 * The refusal of an action, as the service that was called words it: EC2 with UnauthorizedOperation, services of
 * the JSON protocol with AccessDeniedException, the others with AccessDenied.
 * @param resource an ARN; `*` is not named
 */
export function accessDenied(
  action: string,
  resource: string,
  denial: Denial,
  call: Call,
  service: string,
): AwsError {
  const on = resource === "*" ? "" : ` on resource: ${resource}`;
  const why =
    denial === "explicit"
      ? "with an explicit deny in an identity-based policy"
      : `because no identity-based policy allows the ${action} action`;
  const message = `User: ${callerArn(call.account)} is not authorized to perform: ${action}${on} ${why}`;
  if (service === "ec2") {
    return new AwsError(
      "UnauthorizedOperation",
      `You are not authorized to perform this operation. ${message}`,
      403,
    );
  }
  return jsonServices.has(service)
    ? new AwsError("AccessDeniedException", message)
    : new AwsError("AccessDenied", message, 403);
}

const jsonServices: ReadonlySet<string> = new Set(["aoss", "kms"]);
