import { aossOperations } from "../../sandbox/aoss/service";
import { type Json, newEndpoint, newGroup, sandboxForEachTest, subnetId, vpcId } from "./raw-aws";
import { operations, shapes } from "./wire-requests";

const aws = sandboxForEachTest();

const rules = (type: "collection" | "index", more: object = {}) => [
  { ResourceType: type, Resource: [`${type}/logs${type === "index" ? "/*" : ""}`], ...more },
];
const security = {
  type: "encryption",
  name: "logs",
  policy: JSON.stringify({ Rules: rules("collection"), AWSOwnedKey: true }),
};
const access = {
  type: "data",
  name: "logs",
  policy: JSON.stringify([
    {
      Rules: rules("index", { Permission: ["aoss:ReadDocument"] }),
      Principal: ["arn:aws:iam::123456789012:root"],
    },
  ]),
};
const lifecycle = {
  type: "retention",
  name: "logs",
  policy: JSON.stringify({ Rules: rules("index", { MinIndexRetention: "30d" }) }),
};
const config = { type: "iamfederation", name: "people", iamFederationOptions: { userAttribute: "uid" } };
const collection = { name: "logs", encryptionConfig: { aWSOwnedKey: true } };
const group = { name: "team", standbyReplicas: "ENABLED" };

/** What an operation answers to something new. */
async function made(operation: string, input: Json): Promise<Json> {
  const { status, message, body } = await aws.json(operation, input);
  expect([operation, status, status === 200 ? "" : message]).toEqual([operation, 200, ""]);
  return Object.values(body)[0] as Json;
}
const keyOf = ({ type, name }: { readonly type: string; readonly name: string }) => ({ type, name });
const versionOf = async (operation: string, input: Json) => {
  const { policyVersion } = await made(operation, input);
  return { policyVersion };
};
const idOf = async (operation: string, input: Json) => {
  const { id } = await made(operation, input);
  return { id };
};

/** For every operation that takes a client token: what has to be there, and a request that changes something. */
const requests: Readonly<Record<string, () => Promise<Json>>> = {
  CreateAccessPolicy: async () => access,
  CreateCollection: async () => collection,
  CreateCollectionGroup: async () => group,
  CreateLifecyclePolicy: async () => lifecycle,
  CreateSecurityConfig: async () => config,
  CreateSecurityPolicy: async () => security,
  CreateVpcEndpoint: async () => ({ name: "apps", vpcId, subnetIds: [subnetId(1)] }),
  DeleteAccessPolicy: async () => (await made("CreateAccessPolicy", access)) && keyOf(access),
  DeleteCollection: () => idOf("CreateCollection", collection),
  DeleteCollectionGroup: () => idOf("CreateCollectionGroup", group),
  DeleteLifecyclePolicy: async () => (await made("CreateLifecyclePolicy", lifecycle)) && keyOf(lifecycle),
  DeleteSecurityConfig: () => idOf("CreateSecurityConfig", config),
  DeleteSecurityPolicy: async () => (await made("CreateSecurityPolicy", security)) && keyOf(security),
  DeleteVpcEndpoint: async () => ({ id: await newEndpoint(aws, "apps") }),
  UpdateAccessPolicy: async () => ({
    ...keyOf(access),
    ...(await versionOf("CreateAccessPolicy", access)),
    description: "new",
  }),
  UpdateCollection: async () => ({ ...(await idOf("CreateCollection", collection)), description: "new" }),
  UpdateCollectionGroup: async () => ({
    ...(await idOf("CreateCollectionGroup", group)),
    description: "new",
  }),
  UpdateLifecyclePolicy: async () => ({
    ...keyOf(lifecycle),
    ...(await versionOf("CreateLifecyclePolicy", lifecycle)),
    description: "new",
  }),
  UpdateSecurityConfig: async () => {
    const { id, configVersion } = await made("CreateSecurityConfig", config);
    return { id, configVersion, description: "new" };
  },
  UpdateSecurityPolicy: async () => ({
    ...keyOf(security),
    ...(await versionOf("CreateSecurityPolicy", security)),
    description: "new",
  }),
  UpdateVpcEndpoint: async () => ({
    id: await newEndpoint(aws, "apps"),
    addSecurityGroupIds: [await newGroup(aws, "apps")],
  }),
};

/** Another valid request of the same operation: with other words, or about something else. */
const others = (operation: string, input: Json): Json => {
  if (operation.startsWith("Create")) return { ...input, name: "others" };
  if (operation === "UpdateVpcEndpoint") return { id: input["id"], addSubnetIds: [subnetId(2)] };
  if (operation.startsWith("Update")) return { ...input, description: "others" };
  return {
    ...input,
    ...("name" in input
      ? { name: "others" }
      : { id: operation === "DeleteVpcEndpoint" ? "vpce-0" : "others" }),
  };
};

test("the table has every operation that the API model gives a client token, and none else", () => {
  const withToken = [...aossOperations.keys()].filter(
    (name) => shapes[operations[name]?.input ?? ""]?.members?.["clientToken"] !== undefined,
  );
  expect(withToken.sort()).toEqual(Object.keys(requests).sort());
});

test.each(Object.keys(requests))("%s is done once for a client token", async (operation) => {
  const input = (await requests[operation]?.()) ?? {};
  const before = JSON.stringify(aws.sandbox.contents());
  const clientToken = "0a1b2c3d";
  const first = await aws.json(operation, { ...input, clientToken });
  expect([first.status, first.message]).toEqual([200, ""]);
  // What settles settles at once.
  const after = JSON.stringify(aws.sandbox.contents());
  expect(after).not.toBe(before);

  const again = await aws.json(operation, { ...input, clientToken });
  expect([again.status, again.body]).toEqual([200, first.body]);
  expect(JSON.stringify(aws.sandbox.contents())).toBe(after);

  expect(await aws.json(operation, { ...others(operation, input), clientToken })).toMatchObject({
    status: 400,
    code: "ConflictException",
  });
  expect(JSON.stringify(aws.sandbox.contents())).toBe(after);
});
