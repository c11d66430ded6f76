import { identityFromPolicy } from "../../sandbox";
import { authorization, type Json, sandboxForEachTest, vpcId } from "./raw-aws";

// What a request acts upon is what IAM is asked about, however the request spells it.

const identity = identityFromPolicy(
  {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "*", Resource: "*" },
      {
        Effect: "Deny",
        Action: ["route53:GetHostedZone", "route53:DeleteHostedZone", "route53:ListTagsForResources"],
        Resource: "arn:aws:route53:::hostedzone/Z*",
      },
      {
        Effect: "Deny",
        Action: ["ec2:DisassociateVpcCidrBlock", "ec2:DisassociateSubnetCidrBlock"],
        Resource: ["arn:aws:ec2:*:*:vpc/vpc-*", "arn:aws:ec2:*:*:subnet/subnet-*"],
      },
      { Effect: "Deny", Action: "kms:CreateGrant", Resource: "arn:aws:kms:*:*:key/*" },
    ],
  },
  "123456789012",
);
const aws = sandboxForEachTest(Number.POSITIVE_INFINITY, { identity });

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function route53(method: string, path: string, body?: string): Promise<Answer> {
  const response = await fetch(`${aws.sandbox.url}/2013-04-01${path}`, {
    method,
    headers: { authorization: authorization("route53") },
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, text: await response.text() };
}

async function newZone(): Promise<string> {
  const { text } = await route53(
    "POST",
    "/hostedzone",
    '<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>example.internal</Name>' +
      `<VPC><VPCRegion>us-east-1</VPCRegion><VPCId>${vpcId}</VPCId></VPC>` +
      "<CallerReference>one</CallerReference></CreateHostedZoneRequest>",
  );
  return /<Id>\/hostedzone\/(Z[^<]+)<\/Id>/.exec(text)?.[1] ?? "";
}

const denied = (action: string, arn: string) =>
  `not authorized to perform: ${action} on resource: ${arn} with an explicit deny`;

test.each<[string, (id: string) => string]>([
  ["plainly", (id) => `/hostedzone/${id}`],
  ["percent-encoded", (id) => `/hostedzone/%5A${id.slice(1)}`],
  ["with its kind", (id) => `/hostedzone/hostedzone/${id}`],
  ["with its kind and encoded slashes", (id) => `/hostedzone/%2Fhostedzone%2F${id}`],
  ["with a slash at the end", (id) => `/hostedzone/${id}/`],
])("a hosted zone named %s is the one that is denied", async (_how, pathOf) => {
  const id = await newZone();
  const arn = `arn:aws:route53:::hostedzone/${id}`;
  const read = await route53("GET", pathOf(id));
  expect(read.status).toBe(403);
  expect(read.text).toContain(denied("route53:GetHostedZone", arn));
  const removal = await route53("DELETE", pathOf(id));
  expect(removal.status).toBe(403);
  expect(removal.text).toContain(denied("route53:DeleteHostedZone", arn));
  expect((await route53("GET", "/hostedzone")).text).toContain(id);
});

test("hosted zones that are named in the body are asked about one by one", async () => {
  const id = await newZone();
  const { status, text } = await route53(
    "POST",
    "/tags/hostedzone",
    `<ListTagsForResourcesRequest><ResourceIds><ResourceId>${id}</ResourceId></ResourceIds></ListTagsForResourcesRequest>`,
  );
  expect(status).toBe(403);
  expect(text).toContain(denied("route53:ListTagsForResources", `arn:aws:route53:::hostedzone/${id}`));
});

test("a CIDR block that is named by its association belongs to its VPC, or to its subnet", async () => {
  const { body } = await aws.ec2("CreateVpc", {
    CidrBlock: "10.0.0.0/16",
    AmazonProvidedIpv6CidrBlock: true,
  });
  const made = String((body["vpc"] as Json)["vpcId"]);
  const { body: described } = await aws.ec2("DescribeVpcs", { "VpcId.1": made });
  const text = JSON.stringify(described);
  const block = /"ipv6CidrBlock":"([^"]+)::\/56"/.exec(text)?.[1] ?? "";
  const associations = text.match(/vpc-cidr-assoc-[0-9a-f]+/g) ?? [];
  expect(associations).toHaveLength(2);
  for (const AssociationId of associations) {
    expect((await aws.ec2("DisassociateVpcCidrBlock", { AssociationId })).message).toContain(
      denied("ec2:DisassociateVpcCidrBlock", `arn:aws:ec2:us-east-1:123456789012:vpc/${made}`),
    );
  }
  const { body: subnet } = await aws.ec2("CreateSubnet", {
    VpcId: made,
    CidrBlock: "10.0.0.0/24",
    Ipv6CidrBlock: `${block}::/64`,
  });
  const id = String((subnet["subnet"] as Json)["subnetId"]);
  const AssociationId = /subnet-cidr-assoc-[0-9a-f]+/.exec(JSON.stringify(subnet))?.[0] ?? "";
  expect((await aws.ec2("DisassociateSubnetCidrBlock", { AssociationId })).message).toContain(
    denied("ec2:DisassociateSubnetCidrBlock", `arn:aws:ec2:us-east-1:123456789012:subnet/${id}`),
  );
});

const keyArn = "arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";

test.each([
  ["the request", { encryptionConfig: { kmsKeyArn: keyArn } }],
  ["an encryption policy", {}],
])("the key of a new collection that %s names is the one that is denied", async (_where, more) => {
  const rules = [{ ResourceType: "collection", Resource: ["collection/orders"] }];
  const policy = JSON.stringify({ Rules: rules, AWSOwnedKey: false, KmsARN: keyArn });
  await aws.json("CreateSecurityPolicy", { name: "orders", type: "encryption", policy });
  const { code, message } = await aws.json("CreateCollection", { name: "orders", ...more });
  expect(code).toBe("AccessDeniedException");
  expect(message).toContain(denied("kms:CreateGrant", keyArn));
});
