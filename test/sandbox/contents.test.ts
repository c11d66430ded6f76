import { defaultWorld } from "../../sandbox";
import { authorization, itemsOf, type Json, postTo, sandboxForEachTest } from "./raw-aws";

const accounts = ["111122223333", "444455556666"] as const;
const [region] = Object.values(defaultWorld.accounts).flatMap(({ regions }) => Object.values(regions));
const world = {
  version: 1 as const,
  accounts: Object.fromEntries(accounts.map((id) => [id, { regions: { "us-east-1": region ?? {} } }])),
};
const aws = sandboxForEachTest(Number.POSITIVE_INFINITY, { world });

const vpcId = "vpc-0a1b2c3d4e5f60718";
const subnetId = "subnet-0a1b2c3d4e5f60711";
const groupId = "sg-0a1b2c3d4e5f60713";

const as = (account: string, service: string) => ({
  authorization: authorization(service, "us-east-1", `AKIASNDB${account}`),
});
const json = (operation: string, input: Json, account: string = accounts[0]) =>
  postTo(
    aws.sandbox.url,
    { ...as(account, "aoss"), "x-amz-target": `OpenSearchServerless.${operation}` },
    JSON.stringify(input),
  );
const ec2 = async (action: string, parameters: Record<string, string>) => {
  const form = new URLSearchParams({ Action: action, Version: "2016-11-15", ...parameters });
  const answer = await postTo(aws.sandbox.url, as(accounts[0], "ec2"), form.toString());
  if (answer.status !== 200) throw new Error(`${answer.code}: ${answer.message}`);
  return answer;
};
const all = () => Object.values(aws.sandbox.contents()).flat();
const place = { account: accounts[0], region: "us-east-1" };

test("the same policy of two accounts is told apart", async () => {
  const policy = JSON.stringify({
    Rules: [{ ResourceType: "collection", Resource: ["collection/logs"] }],
    AWSOwnedKey: true,
  });
  for (const account of accounts) {
    await json("CreateSecurityPolicy", { type: "encryption", name: "logs", policy }, account);
  }
  expect(aws.sandbox.contents().securityPolicies).toMatchObject(
    accounts.map((account) => ({ account, region: "us-east-1", name: "logs" })),
  );
});

test("what was looked at is not listed, and neither is what was changed back", async () => {
  await ec2("DescribeVpcs", {});
  await json("UpdateAccountSettings", { capacityLimits: { maxSearchCapacityInOCU: 20 } });
  expect(aws.sandbox.contents().accountSettings).toEqual([
    { ...place, maxIndexingCapacityInOCU: 10, maxSearchCapacityInOCU: 20 },
  ]);
  await json("UpdateAccountSettings", { capacityLimits: { maxSearchCapacityInOCU: 10 } });
  await ec2("CreateTags", { "ResourceId.1": vpcId, "Tag.1.Key": "team", "Tag.1.Value": "search" });
  await ec2("DeleteTags", { "ResourceId.1": vpcId, "Tag.1.Key": "team" });
  await ec2("ModifyVpcAttribute", { VpcId: vpcId, "EnableDnsHostnames.Value": "false" });
  await ec2("ModifyVpcAttribute", { VpcId: vpcId, "EnableDnsHostnames.Value": "true" });
  expect(all()).toEqual([]);
});

test("what the world gave is listed once it is tagged, changed or deleted", async () => {
  await ec2("CreateTags", { "ResourceId.1": vpcId, "Tag.1.Key": "team", "Tag.1.Value": "search" });
  await ec2("ModifyVpcAttribute", { VpcId: vpcId, "EnableDnsHostnames.Value": "false" });
  const routes = itemsOf((await ec2("DescribeRouteTables", {})).body, "routeTableSet");
  const table = String(routes.find((each) => each["vpcId"] === vpcId)?.["routeTableId"]);
  await ec2("CreateTags", { "ResourceId.1": table, "Tag.1.Key": "kind", "Tag.1.Value": "main" });
  await ec2("DeleteSubnet", { SubnetId: subnetId });
  const egress = { "IpPermissions.1.IpProtocol": "-1", "IpPermissions.1.IpRanges.1.CidrIp": "0.0.0.0/0" };
  await ec2("RevokeSecurityGroupEgress", { GroupId: groupId, ...egress });
  expect(aws.sandbox.contents().worldChanges).toEqual([
    { ...place, id: vpcId, isDeleted: false, now: { enableDnsHostnames: false, tags: { team: "search" } } },
    { ...place, id: subnetId, isDeleted: true, now: {} },
    { ...place, id: expect.stringMatching(/^sgr-0[0-9a-f]{16}$/), isDeleted: true, now: {} },
    { ...place, id: table, isDeleted: false, now: { tags: { kind: "main" } } },
  ]);
});

test("of a VPC that was made, the rules that its group came with are listed once they are gone", async () => {
  const { body } = await ec2("CreateVpc", { CidrBlock: "10.50.0.0/16" });
  const made = String((body["vpc"] as Json)["vpcId"]);
  expect(aws.sandbox.contents().worldChanges).toEqual([]);
  const filter = { "Filter.1.Name": "vpc-id", "Filter.1.Value.1": made };
  const [group] = itemsOf((await ec2("DescribeSecurityGroups", filter)).body, "securityGroupInfo");
  const egress = { "IpPermissions.1.IpProtocol": "-1", "IpPermissions.1.IpRanges.1.CidrIp": "0.0.0.0/0" };
  await ec2("RevokeSecurityGroupEgress", { GroupId: String(group?.["groupId"]), ...egress });
  expect(aws.sandbox.contents().worldChanges).toMatchObject([{ isDeleted: true }]);
  await ec2("DeleteVpc", { VpcId: made });
  expect(all()).toEqual([]);
});

test("limits of groups, protection of collections and options of security configurations are listed", async () => {
  const capacityLimits = { maxIndexingCapacityInOCU: 8, maxSearchCapacityInOCU: 16 };
  await json("CreateCollectionGroup", { name: "team", standbyReplicas: "ENABLED", capacityLimits });
  await json("CreateCollection", {
    name: "logs",
    deletionProtection: "ENABLED",
    encryptionConfig: { aWSOwnedKey: true },
  });
  await json("CreateSecurityConfig", {
    type: "iamfederation",
    name: "people",
    iamFederationOptions: { userAttribute: "uid" },
  });
  expect(aws.sandbox.contents()).toMatchObject({
    collectionGroups: [{ ...place, capacityLimits }],
    collections: [{ ...place, deletionProtection: "ENABLED", standbyReplicas: "ENABLED" }],
    securityConfigs: [
      { ...place, id: `iamfederation/${accounts[0]}/people`, options: { userAttribute: "uid" } },
    ],
    // The collection brought it: it stays in AWS too, whoever deletes the collection.
    serviceLinkedRoles: [],
  });
});

test("a service-linked role is listed for the account that made it", async () => {
  const form =
    "Action=CreateServiceLinkedRole&Version=2010-05-08&AWSServiceName=observability.aoss.amazonaws.com";
  await postTo(aws.sandbox.url, as(accounts[1], "iam"), form);
  expect(all()).toEqual([{ account: accounts[1], name: "AWSServiceRoleForAmazonOpenSearchServerless" }]);
});
