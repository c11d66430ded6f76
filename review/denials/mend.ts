import type { DeniedCall } from "../../terraform";
import type { Principal } from "./principal";

/** Why a call was denied and what mends it, in sentences without a full stop. */
export interface Mend {
  readonly why: string;
  readonly mend: string;
  /** Whether a statement that allows the action is part of the mend. */
  readonly takesStatement: boolean;
}

/** What mends a denial depends on the kind of policy: only where none of his own allows it, a statement of his own does. */
export function mendOf(call: DeniedCall, who: Principal | undefined): Mend {
  const name = who?.name ?? "caller";
  return call.isExplicit ? mendOfExplicit(call, name) : mendOfMissing(call, name, attachedTo(who));
}

/** Where a statement goes. */
function attachedTo(who: Principal | undefined): string {
  if (!who) return "a policy of the role or user that runs Terraform";
  if (who.kind === "permission set") {
    return `the inline policy of the ${who.name} in IAM Identity Center, and provision it again: its role cannot be changed in IAM`;
  }
  return `a policy of the ${who.name}`;
}

function mendOfMissing({ policy, action, resource }: DeniedCall, name: string, target: string): Mend {
  const add = `add this statement to ${target}`;
  switch (policy) {
    case "identity-based policy":
      return { why: `no policy of the ${name} allows it`, mend: add, takesStatement: true };
    case "permissions boundary":
      return {
        why: `the permissions boundary of the ${name} does not allow it, whatever its policies say`,
        mend: "ask whoever keeps the boundary to add this statement to it; the policies have to allow the same",
        takesStatement: true,
      };
    case "session policy":
      return {
        why: `the session was started with a policy of its own, which does not allow it`,
        mend: "add this statement to the session policy, where the role is assumed; the policies of the role have to allow the same",
        takesStatement: true,
      };
    case "service control policy":
    case "resource control policy":
      return {
        why: `a ${policy} of the organization does not allow it, whatever the policies of the ${name} say`,
        mend: `ask whoever keeps the policies of the organization to allow ${action}; no policy of the account can`,
        takesStatement: false,
      };
    case "VPC endpoint policy":
      return {
        why: "Terraform calls AWS through a VPC endpoint whose policy does not allow it",
        mend: `allow ${action} in the policy of the VPC endpoint of that service`,
        takesStatement: false,
      };
    case "resource-based policy":
      return {
        why: `the policy of ${resource ?? "the resource"} itself does not allow it`,
        mend: `allow ${action} for the ${name} in that policy${action.startsWith("kms:") ? ", the key policy" : ""}`,
        takesStatement: false,
      };
    case "role trust policy":
      return {
        why: `the trust policy of ${resource ?? "the role"} does not let the ${name} assume it`,
        mend: "name the caller as a principal in that trust policy",
        takesStatement: false,
      };
    default:
      return {
        why: "AWS does not say which policy is missing; mostly it is one of the caller's own",
        mend: `${add}; if it is there already, a condition, a permissions boundary or a policy of the organization keeps it from counting`,
        takesStatement: true,
      };
  }
}

function mendOfExplicit({ policy, policyArn, action, resource }: DeniedCall, name: string): Mend {
  const which = policyArn === undefined ? "" : ` (${policyArn})`;
  const narrow = `take ${action} out of that statement, or exempt the caller from it; a deny outweighs whatever allows`;
  const places: Readonly<Record<NonNullable<DeniedCall["policy"]>, string>> = {
    "identity-based policy": `a policy of the ${name}`,
    "permissions boundary": `the permissions boundary of the ${name}`,
    "session policy": "the policy that the session was started with",
    "service control policy": "a service control policy of the organization",
    "resource control policy": "a resource control policy of the organization",
    "VPC endpoint policy": "the policy of the VPC endpoint that Terraform calls AWS through",
    "resource-based policy": `the policy of ${resource ?? "the resource"} itself`,
    "role trust policy": `the trust policy of ${resource ?? "the role"}`,
  };
  const where = policy === undefined ? "a policy, of which AWS does not say which," : places[policy];
  const isOfOrganization = policy === "service control policy" || policy === "resource control policy";
  return {
    why: `a statement in ${where}${which} denies it`,
    mend: isOfOrganization ? `ask whoever keeps the policies of the organization: ${narrow}` : narrow,
    takesStatement: false,
  };
}
