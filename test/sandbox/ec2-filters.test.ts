import { matchesWildcards } from "../../sandbox/ec2/wildcards";
import { itemsOf, type Json, newGroup, sandboxForEachTest } from "./raw-aws";

const aws = sandboxForEachTest();

test.each([
  ["*", "", true],
  ["*", "apps", true],
  ["ap*", "apps", true],
  ["*ps", "apps", true],
  ["a*p*s", "apps", true],
  ["?pps", "apps", true],
  ["?pps", "pps", false],
  ["a?*", "a", false],
  ["*a*b", "aXbXa", false],
  ["*ab", "aab", true],
  ["a.ps", "apps", false],
  ["apps", "apps2", false],
  ["\\*apps\\?", "*apps?", true],
  ["\\*apps", "Xapps", false],
  ["a*", "a\nb", true],
  ["?", "🙂", true],
])("the filter value %j against %j: %s", (pattern, text, matches) => {
  expect(matchesWildcards(pattern, text)).toBe(matches);
});

/** By trying out what each star may stand for it would be years; a busy machine may take its time. */
const atOnceMilliseconds = 10_000;

test("thirty stars against a long value take no time", () => {
  const started = performance.now();
  expect(matchesWildcards(`${"*a".repeat(30)}b`, "a".repeat(255))).toBe(false);
  expect(performance.now() - started).toBeLessThan(atOnceMilliseconds);
});

test("a Describe with thirty stars is answered at once", async () => {
  const id = await newGroup(aws, "apps");
  await aws.ec2("CreateTags", { "ResourceId.1": id, "Tag.1.Key": "Name", "Tag.1.Value": "a".repeat(255) });
  const started = performance.now();
  const found = await aws.ec2("DescribeSecurityGroups", {
    "Filter.1.Name": "tag:Name",
    "Filter.1.Value.1": `${"*a".repeat(30)}b`,
  });
  expect(itemsOf(found.body, "securityGroupInfo")).toEqual([]);
  expect(performance.now() - started).toBeLessThan(atOnceMilliseconds);
});

test("a filter on a tag knows the wildcards", async () => {
  const id = await newGroup(aws, "apps");
  await aws.ec2("CreateTags", { "ResourceId.1": id, "Tag.1.Key": "Name", "Tag.1.Value": "apps-blue" });
  const found = async (value: string) =>
    itemsOf(
      (
        await aws.ec2("DescribeSecurityGroups", {
          "Filter.1.Name": "tag:Name",
          "Filter.1.Value.1": value,
        })
      ).body,
      "securityGroupInfo",
    ).map((group) => group["groupId"]);
  expect(await found("apps-*")).toEqual([id]);
  expect(await found("blue*")).toEqual([]);
});

test.each(["DescribeSecurityGroups", "DescribeVpcs", "DescribeAvailabilityZones"])(
  "%s refuses a filter without a value",
  async (action) => {
    expect(await aws.ec2(action, { "Filter.1.Name": "tag:Name" })).toMatchObject({
      status: 400,
      code: "InvalidParameterValue",
      message: "The filter 'null' is invalid",
    });
  },
);

test.each(["MaxResults", "NextToken"])("zones come all at once, and %s is refused", async (name) => {
  expect(await aws.ec2("DescribeAvailabilityZones", { [name]: 5 })).toMatchObject({
    status: 400,
    code: "UnknownParameter",
    message: `The parameter ${name} is not recognized`,
  });
  const zones = itemsOf((await aws.ec2("DescribeAvailabilityZones")).body, "availabilityZoneInfo");
  expect(zones).toHaveLength(6);
});

test("tags of collections are not among those that EC2 lists", async () => {
  const policy = {
    Rules: [{ ResourceType: "collection", Resource: ["collection/apps"] }],
    AWSOwnedKey: true,
  };
  await aws.json("CreateSecurityPolicy", {
    name: "apps",
    type: "encryption",
    policy: JSON.stringify(policy),
  });
  const tags = [{ key: "team", value: "search" }];
  const made = await aws.json("CreateCollection", { name: "apps", tags });
  const resourceArn = (made.body["createCollectionDetail"] as Json)["arn"];
  expect((await aws.json("ListTagsForResource", { resourceArn })).body).toEqual({ tags });
  const resourceId = await newGroup(aws, "apps");
  await aws.ec2("CreateTags", { "ResourceId.1": resourceId, "Tag.1.Key": "team", "Tag.1.Value": "search" });
  expect(itemsOf((await aws.ec2("DescribeTags")).body, "tagSet")).toEqual([
    { resourceId, resourceType: "security-group", key: "team", value: "search" },
  ]);
});

test.each([
  ["eu-central-1", "aws"],
  ["us-gov-west-1", "aws-us-gov"],
  ["cn-north-1", "aws-cn"],
])("ARNs in %s are of the partition %s", async (region, partition) => {
  const GroupId = await newGroup(aws, "apps", undefined, region);
  const groups = itemsOf((await aws.ec2("DescribeSecurityGroups", {}, region)).body, "securityGroupInfo");
  expect(groups.find((group) => group["groupId"] === GroupId)).toMatchObject({
    securityGroupArn: `arn:${partition}:ec2:${region}:123456789012:security-group/${GroupId}`,
  });
});
