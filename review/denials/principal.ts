/** Who called AWS, as far as the ARN tells. */
export interface Principal {
  readonly arn: string;
  readonly account?: string;
  /** `role deployer`, `user ci`, `permission set Deployers`, `root user`. */
  readonly name: string;
  /** What policies are attached to. Missing for those that take none. */
  readonly kind: "role" | "user" | "permission set" | "root user" | "other";
  /** The session of a role: often who or what signed in. */
  readonly session?: string;
}

const ARN = /^arn:[\w-]+:(?:sts|iam)::(\d{12}):([^/]+)(?:\/(.*))?$/;

/** Roles that IAM Identity Center keeps for a permission set; IAM refuses changes to them (its user guide, "Referencing permission sets"). */
const PERMISSION_SET = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/;

/** Reads the ARN of a caller; a session of a role is of that role, and paths are no part of a name. */
export function principalOf(arn: string): Principal {
  const [, account, type, rest = ""] = ARN.exec(arn) ?? [];
  if (account === undefined) return { arn, name: arn, kind: "other" };
  const known = { arn, account };
  if (type === "root") return { ...known, name: "root user", kind: "root user" };
  if (type === "assumed-role") {
    const [role = "", session] = rest.split("/");
    return { ...known, ...roleNamed(role), ...(session ? { session } : {}) };
  }
  const name = rest.split("/").at(-1) ?? rest;
  if (type === "role") return { ...known, ...roleNamed(name) };
  if (type === "user") return { ...known, name: `user ${name}`, kind: "user" };
  return { ...known, name: `${type} ${rest}`, kind: "other" };
}

function roleNamed(role: string): Pick<Principal, "name" | "kind"> {
  const set = PERMISSION_SET.exec(role)?.[1];
  return set === undefined
    ? { name: `role ${role}`, kind: "role" }
    : { name: `permission set ${set}`, kind: "permission set" };
}
