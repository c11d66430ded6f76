import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { AnnotationMetadataEntryType, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import {
  checkPermissionScope,
  deriveName,
  type PermissionScope,
  type PermissionVariant,
  permissionPolicies,
  permissionVariants,
  type WidenedCollections,
  widenedCollections,
} from "../service";
import { addressAfterPath, idsBelowStack } from "./address";
import { checkIamName, checkIamPath } from "./iam-names";
import { isKnown } from "./known";
import { literal } from "./literal";
import { knownAccount, knownRegion } from "./place";
import { refuse } from "./policy-props";

/** Properties of `DeployerPermissions`: what the permissions are for, and what becomes of them. */
export interface DeployerPermissionsProps extends Omit<PermissionScope, "regions"> {
  /**
   * Who holds them: `deploy` applies and destroys, `plan` only reads, `client` uses the collections, `adopt` finds
   * what exists already.
   * @default - deploy
   */
  readonly variant?: PermissionVariant;
  /**
   * 12 digits.
   * @default - the one account that the stack's AWS provider allows; where it says none, any: `*` in ARNs
   */
  readonly account?: string;
  /**
   * Regions that are deployed to, of one partition.
   * @default - the Region of the stack's AWS provider
   */
  readonly regions?: readonly string[];
  /**
   * Name of the first policy, 1 to 125 letters, digits and `_+=,.@-`; further ones have `-2` and so on at the end.
   * Another one replaces the policies.
   * @default - the name of the stack, the construct's id and the variant, shortened to fit
   */
  readonly name?: string;
  /**
   * Path of the policies in IAM, such as `/deployment/`; another one replaces them.
   * @default - "/"
   */
  readonly path?: string;
  /**
   * Names of the roles that hold the policies; each may be a token.
   * @default - none: see `attachTo` and `policyArns`
   */
  readonly roleNames?: readonly string[];
}

/** Managed policies that a role holds at most, by default (IAM quotas). */
const maxPoliciesPerRole = 10;

/**
 * The least permissions that a deployment takes, as managed policies of IAM: as many as it takes for their 6,144
 * characters, each an `aws_iam_policy`, attached to roles. Throws a `RuleError` for what is no scope; what is for
 * Terraform alone to know cannot stand in it.
 *
 * ```ts
 * new DeployerPermissions(stack, "deploy", {
 *   features: ["managed-endpoint", "security-group", "network-policies"],
 *   vpcs: ["vpc-0a1b2c3d4e5f60718"],
 *   collections: ["orders", "logs-*"],
 *   roleNames: [role.name],
 * });
 * ```
 */
export class DeployerPermissions extends Construct {
  private readonly policies: readonly IamPolicy[];
  private readonly attached = new Set<string>();

  constructor(scope: Construct, id: string, props: DeployerPermissionsProps) {
    super(scope, id);
    const { variant = "deploy", name, path, roleNames = [], ...rest } = props;
    this.refuseTokens(rest);
    this.refuseVariant(variant);
    const wanted = this.scopeOf(rest);
    refuse(this, checkPermissionScope(wanted, variant)[0]);
    const given = name ?? deriveName(TerraformStack.of(this).node.id, ...idsBelowStack(this), variant);
    if (isKnown(given)) refuse(this, checkIamName("name", given, maxNameLength));
    if (path !== undefined && isKnown(path)) refuse(this, checkIamPath(path));
    const policies = permissionPolicies(variant, wanted);
    this.tellWidened(widenedCollections(variant, wanted, policies));
    this.policies = policies.map(({ text }, index) => {
      const policy = new IamPolicy(this.placeOf(index), "Default", {
        name: index === 0 ? given : `${given}-${index + 1}`,
        ...(path === undefined ? {} : { path }),
        policy: literal(text),
      });
      addressAfterPath(policy);
      return policy;
    });
    this.attachTo(...roleNames);
  }

  /** ARNs of the policies; none where the variant takes no permissions, as to plan nothing but a KMS key. */
  get policyArns(): string[] {
    return this.policies.map(({ arn }) => arn);
  }

  /** Names of the policies. */
  get policyNames(): string[] {
    return this.policies.map(({ nameInput }) => nameInput ?? "");
  }

  /**
   * Attaches all policies to roles. A role that is known now gives its name to the address, a token its place among
   * all roles. Throws a `RuleError` for a role that is there already.
   */
  attachTo(...roleNames: readonly string[]): this {
    for (const role of roleNames) this.attach(role);
    return this;
  }

  private attach(role: string): void {
    if (role.startsWith("arn:")) {
      const remedy = `give "${role.slice(role.lastIndexOf("/") + 1)}"`;
      refuse(this, { problem: `role "${role}": an ARN, a policy is attached by the role's name`, remedy });
    }
    if (isKnown(role)) refuse(this, checkIamName("role", role, 64));
    if (this.attached.has(role)) {
      refuse(this, { problem: `role "${role}" is given twice`, remedy: "drop one of the two" });
    }
    if (this.policies.length > maxPoliciesPerRole) {
      refuse(this, {
        problem: `${this.policies.length} policies, a role takes ${maxPoliciesPerRole}`,
        remedy: 'name collections by prefixes ("logs-*"), or share the policies out over roles by policyArns',
      });
    }
    const key = `role-${isKnown(role) ? role : this.attached.size}`;
    this.attached.add(role);
    this.policies.forEach(({ arn }, index) => {
      addressAfterPath(new IamRolePolicyAttachment(this.placeOf(index), key, { role, policyArn: arn }));
    });
  }

  /** The first policy has the construct's own address, every other its number in it. */
  private placeOf(index: number): Construct {
    if (index === 0) return this;
    const id = `policy-${index + 1}`;
    return (this.node.tryFindChild(id) as Construct | undefined) ?? new Construct(this, id);
  }

  private scopeOf(props: Omit<PermissionScope, "regions"> & Partial<PermissionScope>): PermissionScope {
    const account = props.account ?? knownAccount(this);
    const region = knownRegion(this);
    return {
      ...props,
      regions: props.regions ?? (region === undefined ? [] : [region]),
      ...(account === undefined ? {} : { account }),
    };
  }

  /** A policy that Terraform fills in could allow anything, and how long it gets nobody knows. */
  private refuseTokens(props: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(props)) {
      if (!Token.isUnresolved(value) && !JSON.stringify(value ?? "").includes("${")) continue;
      refuse(this, {
        problem: `${name}: only Terraform knows it, and permissions are for what is known now`,
        remedy: `write it out, or leave ${name} out`,
      });
    }
  }

  /** What policies allow beyond what was asked for is told at synthesis. */
  private tellWidened(found: WidenedCollections | undefined): void {
    if (!found) return;
    // Not by Annotations, which add a stack trace: synthesis would differ from machine to machine.
    this.node.addMetadata(
      AnnotationMetadataEntryType.WARN,
      `${found.asked} names of collections do not fit into a statement, ${found.given} names and prefixes stand for ` +
        "them: other collections that begin the same way are allowed too",
    );
  }

  private refuseVariant(variant: string): void {
    if ((permissionVariants as readonly string[]).includes(variant)) return;
    refuse(this, { problem: `no variant "${variant}"`, remedy: `defined: ${permissionVariants.join(", ")}` });
  }
}

/** IAM takes 128; the others end in a number. */
const maxNameLength = 125;
