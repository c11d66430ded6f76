// An app that makes one of everything, on the CDKTF packages or on those of CDK Terrain: the names of the packages
// are all that differs. Arguments: `cdktf` or `cdktn`, the folder to write, and `whole` to have collections too.
const [, , framework, outdir, extent] = process.argv;
const { App, LocalBackend, TerraformOutput, TerraformStack } = require(framework);
const { AwsProvider } = require(`@${framework}/provider-aws/lib/provider`);
const { InterfaceEndpoint, PrivateAccess, Source } = require(
  framework === "cdktf" ? "aoss-privatelink" : "aoss-privatelink-cdktn",
);

const app = new App({ outdir });
const stack = new TerraformStack(app, "search");
new AwsProvider(stack, "aws", { region: "eu-central-1", allowedAccountIds: ["123456789012"] });
new LocalBackend(stack, { path: "search.tfstate" });
if (extent !== "whole") {
  stack.addOverride("terraform.required_providers.aws.version", ">= 5.100.0, < 7.0.0");
}

const access = new PrivateAccess(stack, "access");
const network = { vpcId: "vpc-0a1b2c3d4e5f60718", subnetIds: ["subnet-0a1b2c3d4e5f60711"] };
const apps = access.addEndpoint("apps", {
  ...network,
  tags: { team: "search" },
  shareZoneWith: ["vpc-0a1b2c3d4e5f60728"],
});
apps.allowFrom(Source.cidr("10.20.0.0/16", { description: "application subnets" }));
apps.allowFrom(Source.securityGroup("sg-0a1b2c3d4e5f60713"));
const data = access.addEndpoint("data", { ...network, generation: "nextgen" });
data.allowFrom(Source.prefixList("pl-0a1b2c3d4e5f60714"));
const other = InterfaceEndpoint.fromEndpointId("vpce-0a1b2c3d4e5f60799");
access.grant({ collections: ["orders", "logs-*"], dashboards: true, from: [apps, other] });
access.grant({ collections: ["vectors"], from: [data] });
access.grant({ collections: ["kb-*"], services: ["bedrock.amazonaws.com"] });
access.encrypt({ collections: ["logs-*"] });
access.retain({ indexes: ["logs-*/*"], keepDays: 30 });
access.allowData({
  principals: ["arn:aws:iam::123456789012:role/orders"],
  collections: ["logs-*"],
  collectionPermissions: ["aoss:DescribeCollectionItems"],
});
if (extent === "whole") {
  access.addCollection("invoices", {
    from: [apps],
    kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef",
    retention: [{ indexes: ["*"], keepDays: 30 }],
  });
}
new TerraformOutput(stack, "policies", { value: access.policyNames.network });
app.synth();
