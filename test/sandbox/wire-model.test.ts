import { sandboxForEachTest, subnetId, vpcId } from "./raw-aws";

const aws = sandboxForEachTest();
const endpoint = { name: "apps", vpcId, subnetIds: [subnetId(1)] };

test("a broken constraint is named with value and member", async () => {
  expect(await aws.json("CreateVpcEndpoint", { ...endpoint, name: "Apps" })).toMatchObject({
    status: 400,
    code: "ValidationException",
    message:
      "1 validation error detected: Value 'Apps' at 'name' failed to satisfy constraint: " +
      "Member must satisfy regular expression pattern: [a-z][a-z0-9-]+",
  });
});

test("several broken constraints are counted and listed", async () => {
  const { message } = await aws.json("CreateVpcEndpoint", { name: "A", subnetIds: [subnetId(1)] });
  expect(message).toBe(
    "3 validation errors detected: " +
      "Value 'A' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 3; " +
      "Value 'A' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z][a-z0-9-]+; " +
      "Value null at 'vpcId' failed to satisfy constraint: Member must not be null",
  );
});

test.each([
  ["a name of 33 characters", { name: "a".repeat(33) }, "'name'", "length less than or equal to 32"],
  ["a pattern that matches only in part", { name: "apps_x" }, "'name'", "[a-z][a-z0-9-]+"],
  ["a line end behind a name", { name: "apps\n" }, "'name'", "[a-z][a-z0-9-]+"],
  ["a null for a required member", { vpcId: null }, "null at 'vpcId'", "must not be null"],
  ["an empty list", { subnetIds: [] }, "'[]' at 'subnetIds'", "length greater than or equal to 1"],
  ["six security groups", { securityGroupIds: Array(6).fill("sg-1") }, "'securityGroupIds'", "equal to 5"],
  [
    "a member of a list",
    { subnetIds: ["subnet-1"] },
    "'[subnet-1]' at 'subnetIds'",
    "Member must satisfy constraint: [Member must have length less than or equal to 32, " +
      "Member must have length greater than or equal to 1, " +
      "Member must satisfy regular expression pattern: subnet-([0-9a-f]{8}|[0-9a-f]{17})]",
  ],
])("refused: %s", async (_what, change, where, constraint) => {
  const { code, message } = await aws.json("CreateVpcEndpoint", { ...endpoint, ...change });
  expect(code).toBe("ValidationException");
  expect(message).toContain("1 validation error detected: ");
  expect(message).toContain(where);
  expect(message).toContain(constraint);
});

test("an enum, a number and a member of a structure are checked too", async () => {
  expect((await aws.json("GetSecurityPolicy", { type: "data", name: "apps" })).message).toContain(
    "Value 'data' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [encryption, network]",
  );
  expect((await aws.json("ListVpcEndpoints", { maxResults: 101 })).message).toContain(
    "Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100",
  );
  expect((await aws.json("ListVpcEndpoints", { vpcEndpointFilters: { status: "READY" } })).message).toContain(
    "Value 'READY' at 'vpcEndpointFilters.status'",
  );
});

test.each([
  ["a number for a string", { name: 7 }],
  ["a string for a list", { subnetIds: subnetId(1) }],
  ["a null in a list", { subnetIds: [null] }],
])("another type is not turned into the right one: %s", async (_what, change) => {
  expect(await aws.json("CreateVpcEndpoint", { ...endpoint, ...change })).toMatchObject({
    status: 400,
    code: "SerializationException",
  });
});

test("a fraction for an integer is refused", async () => {
  expect(await aws.json("ListVpcEndpoints", { maxResults: 1.5 })).toMatchObject({
    code: "SerializationException",
  });
});

test("a member of a structure in a list is named by its position, from 1", async () => {
  const identifiers = [{ type: "retention", name: "logs" }, { type: "retention" }];
  expect((await aws.json("BatchGetLifecyclePolicy", { identifiers })).message).toBe(
    "1 validation error detected: Value null at 'identifiers.2.member.name' failed to satisfy constraint: " +
      "Member must not be null",
  );
});

test.each([
  ["a number for a boolean", "CreateCollection", { name: "apps", encryptionConfig: { aWSOwnedKey: 1 } }],
  [
    "a text for a float",
    "CreateCollectionGroup",
    { name: "apps", standbyReplicas: "ENABLED", capacityLimits: { maxSearchCapacityInOCU: "2" } },
  ],
  ["an integer of more than 32 bits", "ListVpcEndpoints", { maxResults: 4_294_967_297 }],
  ["a text for a structure", "ListVpcEndpoints", { vpcEndpointFilters: "ACTIVE" }],
  ["a list for the whole request", "ListVpcEndpoints", "[]"],
  ["a null for the whole request", "ListVpcEndpoints", "null"],
])("refused: %s", async (_what, operation, input) => {
  expect(await aws.json(operation, input)).toMatchObject({
    status: 400,
    code: "SerializationException",
    message: expect.stringMatching(/^(?:number|string|a list|null) can not be converted to an? \w+$/),
  });
});

test("the members of a list that is too long are not looked at, or the message would be many times as long", async () => {
  const { message } = await aws.json("BatchGetLifecyclePolicy", { identifiers: Array(100_000).fill({}) });
  expect(message).toMatch(/^1 validation error detected: .*length less than or equal to 40$/);
});

test("members that the model does not know are let go at any depth, as AWS does", async () => {
  expect((await aws.json("CreateVpcEndpoint", { ...endpoint, colour: "blue" })).status).toBe(200);
  // Another operation knows `resource`, and an account its limits: what is kept and answered is what was known.
  expect((await aws.json("ListLifecyclePolicies", { type: "retention", resource: {} })).status).toBe(200);
  const group = {
    name: "apps",
    standbyReplicas: "ENABLED",
    capacityLimits: { maxSearchCapacityInOCU: 2, colour: {} },
  };
  const { body } = await aws.json("CreateCollectionGroup", group);
  expect(body["createCollectionGroupDetail"]).toMatchObject({
    capacityLimits: { maxSearchCapacityInOCU: 2 },
  });
  expect(JSON.stringify(body)).not.toContain("colour");
  const settings = await aws.json("UpdateAccountSettings", { capacityLimits: { colour: "blue" } });
  expect(settings.status).toBe(200);
});

test("a client token that comes again with another unknown member is the same request", async () => {
  const clientToken = "token-1";
  const first = await aws.json("CreateVpcEndpoint", { ...endpoint, clientToken });
  expect((await aws.json("CreateVpcEndpoint", { ...endpoint, clientToken, colour: 1 })).body).toEqual(
    first.body,
  );
});

test("a policy document that makes its pattern backtrack is refused within seconds", async () => {
  const policy = `${"a".repeat(20_000)}\n\u0001\n`;
  expect(await aws.json("CreateSecurityPolicy", { type: "network", name: "apps", policy })).toMatchObject({
    code: "ValidationException",
    message: expect.stringContaining("at 'policy' failed to satisfy constraint"),
  });
});
