import { permissionPolicies, permissionTable } from "../../../service";

/** The developer guide of OpenSearch Serverless, "Data plane access through AWS PrivateLink", as it writes them. */
const ofTheGuide = [
  "aoss:CreateVpcEndpoint",
  "aoss:ListVpcEndpoints",
  "aoss:BatchGetVpcEndpoint",
  "aoss:UpdateVpcEndpoint",
  "aoss:DeleteVpcEndpoint",
  "ec2:CreateTags",
  "ec2:CreateVpcEndpoint",
  "ec2:DeleteVpcEndPoints",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeVpcEndpoints",
  "ec2:DescribeVpcs",
  "ec2:ModifyVpcEndPoint",
  "route53:AssociateVPCWithHostedZone",
  "route53:ChangeResourceRecordSets",
  "route53:CreateHostedZone",
  "route53:DeleteHostedZone",
  "route53:GetChange",
  "route53:GetHostedZone",
  "route53:ListHostedZonesByName",
  "route53:ListHostedZonesByVPC",
  "route53:ListResourceRecordSets",
];

const actionsFor = (feature: "managed-endpoint" | "nextgen-endpoint") =>
  permissionPolicies("deploy", { regions: ["eu-central-1"], features: [feature] })
    .flatMap(({ document }) => document.Statement.flatMap(({ Action }) => Action))
    .map((action) => action.toLowerCase());

test.each(ofTheGuide)(
  "%s of AWS's guide is in the deploy policy of a managed endpoint, or the table says why not",
  (action) => {
    const isIn = actionsFor("managed-endpoint").includes(action.toLowerCase());
    const explained = permissionTable.filter(
      (row) => row.action.toLowerCase() === action.toLowerCase() && row.neverCalled !== undefined,
    );
    expect(isIn || explained.length > 0).toBe(true);
  },
);

test("a managed endpoint takes nothing but what the guide lists", () => {
  const guide = ofTheGuide.map((action) => action.toLowerCase());
  expect(actionsFor("managed-endpoint").filter((action) => !guide.includes(action))).toEqual([]);
});

test("an endpoint of EC2 takes no permission of OpenSearch Serverless", () => {
  expect(actionsFor("nextgen-endpoint").filter((action) => action.startsWith("aoss:"))).toEqual([]);
});
