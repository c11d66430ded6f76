import model from "../../sandbox/aoss/opensearchserverless-2021-11-01.model.json";
import { aossOperations } from "../../sandbox/aoss/service";
import { type Json, sandboxForEachTest, subnetId, vpcId } from "./raw-aws";

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

test("members that the model does not know are ignored, as AWS does", async () => {
  expect((await aws.json("CreateVpcEndpoint", { ...endpoint, colour: "blue" })).status).toBe(200);
});

test("a policy document that makes its pattern backtrack is refused within seconds", async () => {
  const policy = `${"a".repeat(20_000)}\n\u0001\n`;
  expect(await aws.json("CreateSecurityPolicy", { type: "network", name: "apps", policy })).toMatchObject({
    code: "ValidationException",
    message: expect.stringContaining("at 'policy' failed to satisfy constraint"),
  });
});

describe("answers", () => {
  interface Shape {
    readonly type: string;
    readonly document?: boolean;
    readonly members?: Readonly<Record<string, { readonly shape: string }>>;
    readonly member?: { readonly shape: string };
  }
  const shapes = model.shapes as unknown as Readonly<Record<string, Shape>>;

  /** The members of an answer that the model does not know, or that have another type there. */
  function strangers(name: string, value: unknown, path: string): string[] {
    const shape = shapes[name];
    if (shape?.document) return [];
    if (shape?.type === "structure") {
      return Object.entries(value as Json).flatMap(([key, member]) => {
        const known = shape.members?.[key];
        return known ? strangers(known.shape, member, `${path}.${key}`) : [`${path}.${key}`];
      });
    }
    if (shape?.type === "list") {
      return (value as unknown[]).flatMap((item) => strangers(shape.member?.shape ?? "", item, path));
    }
    return typeof value === (shape?.type === "long" ? "number" : shape?.type) ? [] : [path];
  }

  test("hold what the model knows and nothing else, in every operation", async () => {
    const answered: string[] = [];
    const call = async (operation: keyof typeof model.operations, input: Json): Promise<Json> => {
      const { status, body } = await aws.json(operation, input);
      expect([operation, status]).toEqual([operation, 200]);
      expect(strangers(model.operations[operation].output, body, operation)).toEqual([]);
      answered.push(operation);
      return body;
    };
    const created = await call("CreateVpcEndpoint", endpoint);
    const id = (created["createVpcEndpointDetail"] as Json)["id"];
    await call("BatchGetVpcEndpoint", { ids: [id, "vpce-0"] });
    await call("ListVpcEndpoints", {});
    await call("UpdateVpcEndpoint", { id, addSubnetIds: [subnetId(2)] });
    await call("DeleteVpcEndpoint", { id });
    const policy = JSON.stringify([
      { Rules: [{ ResourceType: "collection", Resource: ["collection/*"] }], AllowFromPublic: true },
    ]);
    const key = { type: "network", name: "apps" };
    const made = await call("CreateSecurityPolicy", { ...key, policy });
    const { policyVersion } = made["securityPolicyDetail"] as Json;
    await call("GetSecurityPolicy", key);
    await call("UpdateSecurityPolicy", { ...key, policyVersion, description: "apps" });
    await call("ListSecurityPolicies", { type: "network" });
    await call("DeleteSecurityPolicy", key);
    expect(answered.sort()).toEqual([...aossOperations.keys()].sort());
  });
});
