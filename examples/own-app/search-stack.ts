import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { PrivateAccess, Source } from "aoss-privatelink";
import { LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

export interface SearchStackProps {
  readonly account: string;
  readonly region: string;
  /** Block of the VPC. */
  readonly cidr: string;
  /** Blocks of its subnets, by the letter of the Availability Zone. */
  readonly subnets: Readonly<Record<string, string>>;
  /** ARNs of the IAM roles that read and write. */
  readonly readers: readonly string[];
}

/** The VPC of our application, and the collection that it uses from there alone. */
export class SearchStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: SearchStackProps) {
    super(scope, id);
    const { account, region } = props;
    new AwsProvider(this, "aws", { region, allowedAccountIds: [account] });
    // The bindings pin one release of the provider; the constructs work with all of these.
    this.addOverride("terraform.required_providers.aws.version", ">= 5.100.0, < 7.0.0");
    // Beside cdktf.out, by a path that is the same on any machine.
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });

    const vpc = new Vpc(this, "vpc", {
      cidrBlock: props.cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
    });
    const subnets = Object.entries(props.subnets).map(
      ([zone, cidrBlock]) =>
        new Subnet(this, `subnet_${zone}`, {
          vpcId: vpc.id,
          cidrBlock,
          availabilityZone: `${region}${zone}`,
        }),
    );
    const servers = new SecurityGroup(this, "servers", { vpcId: vpc.id, namePrefix: "order-service-" });

    // None of the ids is known before Terraform runs: they go in as the tokens that they are.
    const access = new PrivateAccess(this, "access");
    const apps = access
      .addEndpoint("apps", { vpcId: vpc.id, subnetIds: subnets.map((subnet) => subnet.id) })
      .allowFrom(Source.securityGroup(servers.id, { description: "order service" }));
    const orders = access.addCollection("orders", {
      from: [apps],
      dataAccess: [
        {
          principals: [...props.readers],
          indexes: ["*"],
          indexPermissions: ["aoss:CreateIndex", "aoss:ReadDocument", "aoss:WriteDocument"],
        },
      ],
    });

    new TerraformOutput(this, "orders_url", { value: orders.collection?.collectionEndpoint });
    new TerraformOutput(this, "servers_group", { value: servers.id });
  }
}
