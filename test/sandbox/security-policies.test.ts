import { type Json, sandboxForEachTest } from "./raw-aws";

const aws = sandboxForEachTest();
const network = (resource = "collection/logs*"): Json[] => [
  {
    Rules: [{ ResourceType: "collection", Resource: [resource] }],
    AllowFromPublic: false,
    SourceVPCEs: ["vpce-0123456789abcdef0"],
  },
];
const key = { type: "network", name: "apps" };
const create = (document: unknown = network(), more: Json = {}) =>
  aws.json("CreateSecurityPolicy", { ...key, policy: JSON.stringify(document), ...more });
const detailOf = (body: Json): Json => body["securityPolicyDetail"] as Json;

describe("a policy", () => {
  test("comes back as a JSON document with an opaque version", async () => {
    const created = await create(network(), { description: "apps" });
    expect(created.status).toBe(200);
    expect(detailOf(created.body)).toEqual({
      ...key,
      description: "apps",
      policy: network(),
      policyVersion: expect.stringMatching(/^[0-9a-zA-Z+/=]{20,36}$/),
      createdDate: expect.any(Number),
      lastModifiedDate: expect.any(Number),
    });
    expect((await aws.json("GetSecurityPolicy", key)).body).toEqual(created.body);
  });

  test("with a name that is taken is refused, the same name with another type is not", async () => {
    await create();
    expect(await create()).toMatchObject({
      status: 400,
      code: "ConflictException",
      message: "Policy with name apps and type network already exists",
    });
    const encryption = {
      Rules: [{ ResourceType: "collection", Resource: ["collection/logs"] }],
      AWSOwnedKey: true,
    };
    expect((await create(encryption, { type: "encryption" })).status).toBe(200);
  });

  test.each(["GetSecurityPolicy", "DeleteSecurityPolicy"])("%s of none is not found", async (operation) => {
    expect(await aws.json(operation, key)).toMatchObject({
      status: 400,
      code: "ResourceNotFoundException",
      message: "Policy with name apps and type network is not found",
    });
  });

  test("is gone once deleted", async () => {
    await create();
    expect((await aws.json("DeleteSecurityPolicy", key)).body).toEqual({});
    expect(aws.sandbox.contents().securityPolicies).toEqual([]);
  });

  test("created again with its client token gets the first answer", async () => {
    const first = await create(network(), { clientToken: "t" });
    expect((await create(network(), { clientToken: "t" })).body).toEqual(first.body);
    expect(await create(network("collection/other"), { clientToken: "t" })).toMatchObject({
      code: "ConflictException",
    });
  });
});

describe("updating", () => {
  const update = (policyVersion: unknown, more: Json) =>
    aws.json("UpdateSecurityPolicy", { ...key, policyVersion, ...more });

  test("changes the version, and the old version is refused from then on", async () => {
    const version = detailOf((await create()).body)["policyVersion"];
    const updated = await update(version, { policy: JSON.stringify(network("collection/metrics")) });
    expect(updated.status).toBe(200);
    expect(detailOf(updated.body)["policy"]).toEqual(network("collection/metrics"));
    expect(detailOf(updated.body)["policyVersion"]).not.toBe(version);
    expect(await update(version, { description: "late" })).toMatchObject({
      code: "ValidationException",
      message:
        "Policy version specified in the request refers to an older version and policy has since changed",
    });
  });

  test("the same document in another key order is refused as no change", async () => {
    const version = detailOf((await create(network(), { description: "apps" })).body)["policyVersion"];
    const reversed = network().map((block) => Object.fromEntries(Object.entries(block).reverse()));
    const refusal = {
      status: 400,
      code: "ValidationException",
      message: "No changes detected in policy or policy description",
    };
    expect(await update(version, { policy: JSON.stringify(reversed) })).toMatchObject(refusal);
    expect(await update(version, { description: "apps" })).toMatchObject(refusal);
    expect(await update(version, {})).toMatchObject(refusal);
  });

  test("another array order is a change, and so is another description alone", async () => {
    const resources = (list: string[]): Json[] => [
      { Rules: [{ ResourceType: "collection", Resource: list }], AllowFromPublic: true },
    ];
    const first = detailOf((await create(resources(["collection/aaa", "collection/bbb"]))).body);
    const second = await update(first["policyVersion"], {
      policy: JSON.stringify(resources(["collection/bbb", "collection/aaa"])),
    });
    expect(second.status).toBe(200);
    const third = await update(detailOf(second.body)["policyVersion"], { description: "new" });
    expect(detailOf(third.body)).toMatchObject({
      description: "new",
      policy: resources(["collection/bbb", "collection/aaa"]),
    });
  });

  test("an invalid document is refused and leaves the policy as it was", async () => {
    const version = detailOf((await create()).body)["policyVersion"];
    expect(await update(version, { policy: "{}" })).toMatchObject({ code: "ValidationException" });
    expect(detailOf((await aws.json("GetSecurityPolicy", key)).body)).toMatchObject({
      policy: network(),
      policyVersion: version,
    });
  });

  test("of none is not found", async () => {
    expect(await update("MTY2OTI0MDAwNTk5MF8x", { description: "x" })).toMatchObject({
      code: "ResourceNotFoundException",
    });
  });
});

describe("listing", () => {
  test("leaves the document out, filters by resource and goes page by page", async () => {
    for (const name of ["aaa", "bbb", "ccc"]) await create(network(`collection/${name}*`), { name });
    const list = (input: Json) => aws.json("ListSecurityPolicies", { type: "network", ...input });
    const namesOf = (body: Json) => (body["securityPolicySummaries"] as Json[]).map(({ name }) => name);

    const first = await list({ maxResults: 2 });
    expect(namesOf(first.body)).toEqual(["aaa", "bbb"]);
    expect((first.body["securityPolicySummaries"] as Json[])[0]).not.toHaveProperty("policy");
    const second = await list({ maxResults: 2, nextToken: first.body["nextToken"] });
    expect(namesOf(second.body)).toEqual(["ccc"]);
    expect(second.body).not.toHaveProperty("nextToken");
    expect(namesOf((await list({ resource: ["collection/bbb-1"] })).body)).toEqual(["bbb"]);
    expect(namesOf((await aws.json("ListSecurityPolicies", { type: "encryption" })).body)).toEqual([]);
  });
});

test.each([
  ["network", 500, "L-92280D4D"],
  ["encryption", 150, "L-3EDA8079"],
])("policies of type %s above %d are refused for the quota", async (type, quota, quotaCode) => {
  const documentFor = (name: string): unknown =>
    type === "network"
      ? network()
      : { Rules: [{ ResourceType: "collection", Resource: [`collection/${name}`] }], AWSOwnedKey: true };
  const names = Array.from({ length: quota }, (_, index) => `apps-${index}`);
  for (const name of names) expect((await create(documentFor(name), { type, name })).status).toBe(200);
  const refused = await create(documentFor("another"), { type, name: "another" });
  expect(refused).toMatchObject({ status: 400, code: "ServiceQuotaExceededException" });
  expect(refused.body).toMatchObject({ serviceCode: "aoss", quotaCode });
  expect(aws.sandbox.contents().securityPolicies).toHaveLength(quota);
});
