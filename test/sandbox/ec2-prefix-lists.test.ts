import { https, itemsOf, type Json, newGroup, sandboxForEachTest } from "./raw-aws";

const aws = sandboxForEachTest();
const create = (parameters: Record<string, string | number> = {}) =>
  aws.ec2("CreateManagedPrefixList", {
    PrefixListName: "offices",
    AddressFamily: "IPv4",
    MaxEntries: 2,
    "Entry.1.Cidr": "198.51.100.0/24",
    "Entry.1.Description": "Berlin",
    ...parameters,
  });
const idOf = ({ body }: { body: Json }): string => String((body["prefixList"] as Json)["prefixListId"]);
const entriesOf = async (PrefixListId: string) =>
  itemsOf((await aws.ec2("GetManagedPrefixListEntries", { PrefixListId })).body, "entrySet");
const stateOf = async (id: string) =>
  itemsOf((await aws.ec2("DescribeManagedPrefixLists", { "PrefixListId.1": id })).body, "prefixListSet")[0];

test("a list is made with its entries and tags", async () => {
  const made = await create({
    "TagSpecification.1.ResourceType": "prefix-list",
    "TagSpecification.1.Tag.1.Key": "Name",
    "TagSpecification.1.Tag.1.Value": "offices",
  });
  const id = idOf(made);
  expect(made.body["prefixList"]).toMatchObject({ state: "create-in-progress", version: "1" });
  expect(await stateOf(id)).toMatchObject({
    state: "create-complete",
    prefixListName: "offices",
    prefixListArn: `arn:aws:ec2:us-east-1:123456789012:prefix-list/${id}`,
    tagSet: { item: [{ key: "Name", value: "offices" }] },
  });
  expect(await entriesOf(id)).toEqual([{ cidr: "198.51.100.0/24", description: "Berlin" }]);
});

test.each([
  ["no name", { PrefixListName: "" }, "MissingParameter"],
  ["a name of AWS's", { PrefixListName: "com.amazonaws.offices" }, "InvalidParameterValue"],
  ["an unknown family", { AddressFamily: "IPX" }, "InvalidParameterValue"],
  ["room for nothing", { MaxEntries: 0 }, "InvalidParameterValue"],
  ["more than 1000 entries", { MaxEntries: 1001 }, "InvalidParameterValue"],
  ["an IPv6 block in an IPv4 list", { "Entry.2.Cidr": "2001:db8::/32" }, "InvalidParameterValue"],
  ["the same block twice", { "Entry.2.Cidr": "198.51.100.7/24" }, "InvalidParameterValue"],
  [
    "more entries than fit",
    { "Entry.2.Cidr": "203.0.113.0/24", "Entry.3.Cidr": "192.0.2.0/24" },
    "PrefixListMaxEntriesExceeded",
  ],
])("refused: %s", async (_what, parameters, code) => {
  expect(await create(parameters as Record<string, string | number>)).toMatchObject({ status: 400, code });
  expect(aws.sandbox.contents().prefixLists).toEqual([]);
});

test("entries change against the version that the caller knows", async () => {
  const PrefixListId = idOf(await create());
  const modify = (parameters: Record<string, string | number>) =>
    aws.ec2("ModifyManagedPrefixList", { PrefixListId, ...parameters });
  const swap = { "AddEntry.1.Cidr": "203.0.113.0/24", "RemoveEntry.1.Cidr": "198.51.100.0/24" };
  expect(await modify(swap)).toMatchObject({ code: "MissingParameter" });
  expect(await modify({ ...swap, CurrentVersion: 2 })).toMatchObject({ code: "PrefixListVersionMismatch" });
  expect(await modify({ ...swap, CurrentVersion: 1, MaxEntries: 5 })).toMatchObject({
    code: "InvalidParameterCombination",
  });
  const same = { "AddEntry.1.Cidr": "198.51.100.0/24", "AddEntry.1.Description": "Hamburg" };
  expect(await modify({ ...swap, ...same, CurrentVersion: 1 })).toMatchObject({
    code: "InvalidParameterValue",
    message:
      "Request cannot contain Cidr 198.51.100.0/24 in both AddPrefixListEntries and RemovePrefixListEntries",
  });
  expect(await modify({ ...swap, CurrentVersion: 1 })).toMatchObject({ status: 200 });
  expect(await entriesOf(PrefixListId)).toEqual([{ cidr: "203.0.113.0/24" }]);
  expect(await stateOf(PrefixListId)).toMatchObject({ version: "2" });
  expect(await modify({ PrefixListName: "branches", MaxEntries: 5 })).toMatchObject({ status: 200 });
  expect(await stateOf(PrefixListId)).toMatchObject({
    prefixListName: "branches",
    maxEntries: "5",
    version: "2",
  });
});

test("a list that a rule names stays, and shows that deleting failed", async () => {
  const PrefixListId = idOf(await create());
  const GroupId = await newGroup(aws, "apps");
  const rule = https({ "PrefixListIds.1.PrefixListId": PrefixListId });
  await aws.ec2("AuthorizeSecurityGroupIngress", { GroupId, ...rule });
  const remove = () => aws.ec2("DeleteManagedPrefixList", { PrefixListId });
  expect((await remove()).body["prefixList"]).toMatchObject({ state: "delete-in-progress" });
  expect(await stateOf(PrefixListId)).toMatchObject({ state: "delete-failed" });
  await aws.ec2("RevokeSecurityGroupIngress", { GroupId, ...rule });
  await remove();
  expect(await aws.ec2("DescribeManagedPrefixLists", { "PrefixListId.1": PrefixListId })).toMatchObject({
    code: "InvalidPrefixListID.NotFound",
  });
  expect(await aws.ec2("AuthorizeSecurityGroupIngress", { GroupId, ...rule })).toMatchObject({
    code: "InvalidPrefixListID.NotFound",
  });
});

test("a list counts in a group as often as it may have entries", async () => {
  const PrefixListId = idOf(await create({ MaxEntries: 61 }));
  const GroupId = await newGroup(aws, "apps");
  expect(
    await aws.ec2("AuthorizeSecurityGroupIngress", {
      GroupId,
      ...https({ "PrefixListIds.1.PrefixListId": PrefixListId }),
    }),
  ).toMatchObject({ code: "RulesPerSecurityGroupLimitExceeded" });
});

test("a change that is refused for its name leaves the state of the list alone", async () => {
  const PrefixListId = idOf(await create());
  expect(
    await aws.ec2("ModifyManagedPrefixList", { PrefixListId, PrefixListName: "com.amazonaws.offices" }),
  ).toMatchObject({ code: "InvalidParameterValue" });
  expect(await stateOf(PrefixListId)).toMatchObject({ state: "create-complete", prefixListName: "offices" });
});

test("a list does not grow beyond what the groups that name it can take", async () => {
  const PrefixListId = idOf(await create());
  const GroupId = await newGroup(aws, "apps");
  const sources = { "PrefixListIds.1.PrefixListId": PrefixListId, "IpRanges.1.CidrIp": "10.0.0.0/16" };
  await aws.ec2("AuthorizeSecurityGroupIngress", { GroupId, ...https(sources) });
  const resize = (MaxEntries: number) => aws.ec2("ModifyManagedPrefixList", { PrefixListId, MaxEntries });
  expect(await resize(60)).toMatchObject({ status: 400, code: "RulesPerSecurityGroupLimitExceeded" });
  expect(await stateOf(PrefixListId)).toMatchObject({ state: "create-complete", maxEntries: "2" });
  expect(await resize(59)).toMatchObject({ status: 200 });
  expect(await stateOf(PrefixListId)).toMatchObject({ state: "modify-complete", maxEntries: "59" });
});

test("a rule that becomes one for a larger list counts as often as that may have entries", async () => {
  const small = idOf(await create({ MaxEntries: 1 }));
  const large = idOf(await create({ MaxEntries: 61 }));
  const GroupId = await newGroup(aws, "apps");
  const made = await aws.ec2("AuthorizeSecurityGroupIngress", {
    GroupId,
    ...https({ "PrefixListIds.1.PrefixListId": small }),
  });
  const modify = (PrefixListId: string) =>
    aws.ec2("ModifySecurityGroupRules", {
      GroupId,
      "SecurityGroupRule.1.SecurityGroupRuleId": String(
        itemsOf(made.body, "securityGroupRuleSet")[0]?.["securityGroupRuleId"],
      ),
      "SecurityGroupRule.1.SecurityGroupRule.IpProtocol": "tcp",
      "SecurityGroupRule.1.SecurityGroupRule.FromPort": 443,
      "SecurityGroupRule.1.SecurityGroupRule.ToPort": 443,
      "SecurityGroupRule.1.SecurityGroupRule.PrefixListId": PrefixListId,
    });
  expect(await modify(large)).toMatchObject({ status: 400, code: "RulesPerSecurityGroupLimitExceeded" });
  expect(aws.sandbox.contents().securityGroupRules.find((rule) => !rule.isEgress)).toMatchObject({
    source: small,
  });
  expect(await modify(idOf(await create({ MaxEntries: 60 })))).toMatchObject({ status: 200 });
});
