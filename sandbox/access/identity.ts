import { z } from "zod";
import type { Call } from "../call";
import { accessDenied, type Denial } from "./access-denied";
import { readPolicies, type Statement } from "./policy-document";
import { keyValues, type RequestKeys } from "./policy-keys";
import { InvalidIdentityPolicy } from "./policy-problem";

/** What the caller may do. */
export interface Identity {
  /**
   * Throws an `AwsError` in AWS's words unless the caller may do this to all of the resources.
   * @param action as in IAM: `ec2:CreateVpcEndpoint`
   * @param service the service that was called, and that words the refusal: `aoss`
   * @param request condition keys that depend on what the request asks for
   */
  require(
    action: string,
    resources: readonly string[],
    call: Call,
    service: string,
    request?: RequestKeys,
  ): void;
}

/**
 * A caller with exactly the permissions of an identity-based policy of IAM, or of several of them; `account` is who
 * it belongs to, and a caller of another account has none of them.
 *
 * @param policy the policy as an object or as JSON text, or a list of such
 * @throws InvalidIdentityPolicy for what is no policy, and for what the sandbox could not judge as AWS does: an
 * unknown element, operator, condition key or variable
 */
export function identityFromPolicy(policy: unknown, account: string): Identity {
  const { statements, problems } = readPolicies(policy);
  if (problems.length > 0) throw new InvalidIdentityPolicy(problems);
  return {
    require: (action, resources, call, service, request = {}) => {
      // Nobody can be kept from asking who he is (API reference of STS).
      if (action.toLowerCase() === "sts:getcalleridentity") return;
      const granted = call.account === account ? statements : [];
      for (const resource of resources) {
        const denial = denialOf(granted, action, resource, call, service, request);
        if (denial !== undefined) throw accessDenied(action, resource, denial, call, service);
      }
    },
  };
}

/** An identity policy in a file, for whoever reads it with a schema: the value as it is, once it is found to be good. */
export const identityPolicySchema = z.unknown().superRefine((policy, context) => {
  for (const { path, atKey, problem, remedy } of readPolicies(policy).problems) {
    const found = { code: "custom" as const, message: problem, params: { remedy } };
    const inner = { ...found, path: [], input: undefined };
    context.addIssue(
      atKey
        ? { code: "invalid_key", origin: "record", issues: [inner], input: policy, path: [...path] }
        : { ...found, path: [...path] },
    );
  }
});

/** undefined if it is allowed; a deny outweighs any allow. */
function denialOf(
  statements: readonly Statement[],
  action: string,
  resource: string,
  call: Call,
  called: string,
  request: RequestKeys,
): Denial | undefined {
  // What a service asks for in the caller's name is not what the caller's request was about.
  const isForwarded = !action.startsWith(`${called}:`);
  const values = keyValues({ call, action, called, resource, request: isForwarded ? {} : request });
  let isAllowed = false;
  for (const statement of statements) {
    if (statement.isAllow && isAllowed) continue;
    if (!statement.applies(action, resource, values)) continue;
    if (!statement.isAllow) return "explicit";
    isAllowed = true;
  }
  return isAllowed ? undefined : "implicit";
}
