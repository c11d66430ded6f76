import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { DeployerPermissions, type OidcTrust } from "../../modules";
import type { PermissionScope, PermissionVariant } from "../../service";

export interface DeployerStackProps {
  /** What the roles deploy, such as `permissionScopeOf` reads out of an access file. */
  readonly permissions: PermissionScope;
  /** Who may take the role that applies and destroys. */
  readonly deploy: OidcTrust;
  /** Who may take the role that only reads. */
  readonly plan: OidcTrust;
}

/**
 * Two roles without keys, one that deploys and one that plans, each with the least permissions for it, and the
 * provider whose tokens let runs take them. Administrators deploy it, once.
 */
export class DeployerStack extends TerraformStack {
  private readonly provider: IamOpenidConnectProvider;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: DeployerStackProps,
  ) {
    super(scope, id);
    const { permissions, deploy } = props;
    const { account, regions } = permissions;
    new AwsProvider(this, "aws", {
      ...(regions[0] === undefined ? {} : { region: regions[0] }),
      ...(account === undefined ? {} : { allowedAccountIds: [account] }),
    });
    // The bindings pin one release of the provider.
    this.addOverride("terraform.required_providers.aws.version", ">= 5.100.0, < 7.0.0");
    // Beside cdktf.out, by a path that is the same on any machine.
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    // An account takes one of each URL: where there is one already, name its ARN in place of this.
    this.provider = new IamOpenidConnectProvider(this, "provider", {
      url: deploy.providerUrl,
      clientIdList: [deploy.audience],
    });
    this.addRole("deploy");
    this.addRole("plan");
  }

  private addRole(variant: Extract<PermissionVariant, "deploy" | "plan">): void {
    const role = new IamRole(this, `${variant}_role`, {
      name: `${this.node.id}-${variant}`,
      assumeRolePolicy: this.props[variant].policyFor(this.provider.arn),
    });
    new DeployerPermissions(this, variant, {
      ...this.props.permissions,
      variant,
      roleNames: [role.name],
    });
    new TerraformOutput(this, `${variant}_role_arn`, { value: role.arn });
  }
}
