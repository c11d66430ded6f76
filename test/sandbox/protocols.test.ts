import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { startSandbox } from "../../sandbox";
import type { Engine } from "../../sandbox/engine";
import { answer } from "../../sandbox/pipeline";
import { authorization, postTo, sandboxForEachTest } from "./raw-aws";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const aws = sandboxForEachTest();
const form = "Action=GetCallerIdentity&Version=2011-06-15";
const target = "OpenSearchServerless.ListVpcEndpoints";

describe("who calls", () => {
  test("the caller is the sandbox's account", async () => {
    const { status, body } = await aws.sts("GetCallerIdentity");
    expect(status).toBe(200);
    expect(body["GetCallerIdentityResult"]).toMatchObject({
      Account: "123456789012",
      Arn: "arn:aws:iam::123456789012:user/sandbox",
    });
    expect(aws.sandbox.accountId).toBe("123456789012");
  });

  test("a request without an Authorization header is refused", async () => {
    expect(await aws.post({}, form)).toMatchObject({ status: 403, code: "MissingAuthenticationToken" });
    expect(await aws.post({ "x-amz-target": target }, "{}")).toMatchObject({
      status: 403,
      code: "MissingAuthenticationTokenException",
    });
  });

  test("another access key is refused", async () => {
    expect(
      await aws.post({ authorization: authorization("sts", "us-east-1", "AKIAREAL") }, form),
    ).toMatchObject({ status: 403, code: "InvalidClientTokenId" });
    expect(
      await aws.post(
        { authorization: authorization("aoss", "us-east-1", "AKIAREAL"), "x-amz-target": target },
        "{}",
      ),
    ).toMatchObject({ status: 403, code: "UnrecognizedClientException" });
  });

  test.each([
    ["another algorithm", "Basic Zm9vOmJhcg=="],
    ["no signature", authorization("sts").replace(/, Signature.*/, "")],
    ["no region in the scope", authorization("sts").replace("/us-east-1", "")],
  ])("an Authorization header with %s is refused", async (_what, value) => {
    expect(await aws.post({ authorization: value }, form)).toMatchObject({
      status: 400,
      code: "IncompleteSignature",
    });
  });
});

describe("what is not served", () => {
  test("an unknown EC2 action is refused", async () => {
    expect(await aws.ec2("RunInstances")).toMatchObject({
      status: 400,
      code: "InvalidAction",
      message: "The action RunInstances is not valid for this web service.",
    });
  });

  test.each(["CreateIndex", "constructor", ""])("the operation '%s' is refused", async (operation) => {
    expect(await aws.json(operation, {})).toMatchObject({ status: 400, code: "UnknownOperationException" });
  });

  test("another service is refused", async () => {
    expect(await aws.post({ authorization: authorization("sqs") }, form)).toMatchObject({
      status: 400,
      code: "UnknownOperationException",
    });
  });

  test("another API version is refused", async () => {
    const headers = { authorization: authorization("ec2") };
    expect(await aws.post(headers, "Action=DescribeTags&Version=2013-01-01")).toMatchObject({
      code: "NoSuchVersion",
    });
    expect(await aws.post(headers, "Version=2016-11-15")).toMatchObject({ code: "MissingAction" });
  });

  test("a parameter that the action does not act upon is refused before anything changes", async () => {
    expect(
      await aws.ec2("CreateSecurityGroup", {
        GroupName: "a",
        GroupDescription: "a",
        VpcId: "vpc-0a1b2c3d4e5f60718",
        Colour: "blue",
      }),
    ).toMatchObject({ code: "UnknownParameter", message: "The parameter Colour is not recognized" });
    expect(aws.sandbox.contents().securityGroups).toEqual([]);
  });

  test("only POST on / is served", async () => {
    const headers = { authorization: authorization("sts") };
    expect((await fetch(aws.sandbox.url, { headers })).status).toBe(400);
    expect((await fetch(`${aws.sandbox.url}/x`, { method: "POST", headers, body: form })).status).toBe(400);
  });
});

describe("malformed requests", () => {
  const json = { authorization: authorization("aoss"), "x-amz-target": target };
  const query = { authorization: authorization("ec2") };

  test.each([["{"], ["[1]"], ['"text"'], ["null"]])("the JSON body %s is refused", async (body) => {
    expect(await aws.post(json, body)).toMatchObject({ status: 400, code: "SerializationException" });
  });

  test("a body that is no UTF-8 is refused", async () => {
    const bytes = new Uint8Array([0x7b, 0xff, 0x7d]);
    expect(await aws.post(json, bytes)).toMatchObject({ code: "SerializationException" });
    expect(await aws.post(query, bytes)).toMatchObject({ code: "MalformedQueryString" });
  });

  test.each([
    "Action=%ZZ",
    "Action=A&Action=B",
    "Action=DescribeTags&Version=2016-11-15&a..b=1",
    `Action=DescribeTags&Version=2016-11-15&${"a.".repeat(50_000)}a=1`,
    "Action=DescribeTags&Version=2016-11-15&Filter.x.Name=key",
    "Action=DescribeTags&Version=2016-11-15&Filter.0.Name=key",
  ])("the form is refused: %.60s", async (body) => {
    expect(await aws.post(query, body)).toMatchObject({ status: 400, code: "MalformedQueryString" });
  });

  test("a body over 1 MiB is refused, one of 1 MiB is not", async () => {
    expect(await aws.post(json, `"${"x".repeat(1024 * 1024)}"`)).toMatchObject({
      status: 413,
      code: "RequestEntityTooLargeException",
    });
    expect(await aws.post(query, "x".repeat(1024 * 1024 + 1))).toMatchObject({
      status: 413,
      code: "RequestEntityTooLarge",
    });
    expect((await aws.post(json, `{}${" ".repeat(1024 * 1024 - 2)}`)).status).toBe(200);
  });

  test("a control character in a refused value does not break the XML", async () => {
    const { code, message } = await aws.ec2("DescribeSecurityGroups", { "GroupId.1": "<&\u0001>" });
    expect(code).toBe("InvalidGroupId.Malformed");
    expect(message).toContain("(expecting");
  });
});

test("a failure of the sandbox itself is AWS's internal error, in both protocols", () => {
  const broken = { world: { accounts: new Map([["123456789012", null]]) } } as unknown as Engine;
  const ask = (service: string, headers: Record<string, string>) =>
    answer(broken, {
      method: "POST",
      path: "/",
      headers: { ...headers, authorization: authorization(service) },
      body: Buffer.from(service === "ec2" ? "Action=DescribeTags&Version=2016-11-15" : "{}"),
    });
  expect(ask("aoss", { "x-amz-target": target })).toMatchObject({
    answer: { status: 500 },
    call: { errorCode: "InternalServerException" },
  });
  expect(ask("ec2", {})).toMatchObject({ answer: { status: 500 }, call: { errorCode: "InternalError" } });
});

test("every answer and every refusal carries a request id", async () => {
  const answers = [
    await aws.json("ListVpcEndpoints", {}),
    await aws.json("Nothing", {}),
    await aws.ec2("No"),
  ];
  const ids = answers.map(({ headers }) => headers.get("x-amzn-requestid"));
  expect(new Set(ids).size).toBe(3);
  expect(ids.every((id) => /^[0-9a-f-]{36}$/.test(id ?? ""))).toBe(true);
  expect(answers[1]?.headers.get("x-amzn-errortype")).toBe("UnknownOperationException");
  expect(answers[2]?.body["RequestID"]).toBe(ids[2]);
});

test("a dry run changes nothing and says that it would have worked, or why not", async () => {
  const create = (GroupName: string) =>
    aws.ec2("CreateSecurityGroup", {
      GroupName,
      GroupDescription: "a",
      VpcId: "vpc-0a1b2c3d4e5f60718",
      DryRun: true,
    });
  expect(await create("a")).toMatchObject({ status: 412, code: "DryRunOperation" });
  expect(await create("sg-a")).toMatchObject({ status: 400, code: "InvalidParameterValue" });
  expect(aws.sandbox.contents().securityGroups).toEqual([]);
});

test("a client token on an operation that has none in the API model is passed over", async () => {
  const list = () => aws.json("ListSecurityPolicies", { type: "network", clientToken: "one" });
  expect((await list()).body["securityPolicySummaries"]).toEqual([]);
  const policy = JSON.stringify([
    { Rules: [{ ResourceType: "collection", Resource: ["collection/*"] }], AllowFromPublic: true },
  ]);
  await aws.json("CreateSecurityPolicy", { type: "network", name: "open", policy, clientToken: "one" });
  expect((await list()).body["securityPolicySummaries"]).toHaveLength(1);
  const settings = (limit: number) =>
    aws.json("UpdateAccountSettings", {
      clientToken: "one",
      capacityLimits: { maxIndexingCapacityInOCU: limit, maxSearchCapacityInOCU: limit },
    });
  expect([(await settings(10)).status, (await settings(12)).status]).toEqual([200, 200]);
});

test("a Region that is none is refused, and in an open world there is an end to new ones", async () => {
  const ask = (region: string) => aws.json("ListVpcEndpoints", {}, region);
  expect((await ask("xx-new-1")).status).toBe(200);
  const answers = await Promise.all(Array.from({ length: 120 }, (_, index) => ask(`xx-new-${index + 2}`)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(99);
  expect(answers.at(-1)).toMatchObject({ status: 400, code: "InvalidSignatureException" });
  // EC2 says of whatever is wrong with credentials that it could not validate them.
  expect(await aws.ec2("DescribeVpcs", {}, "xx-new-200")).toMatchObject({ status: 401, code: "AuthFailure" });
  expect((await ask("eu-central-1")).status).toBe(200);
  const closed = await startSandbox({ verifySignatures: false });
  const refused = await postTo(
    closed.url,
    { authorization: authorization("ec2", "xx-new-1") },
    "Action=DescribeVpcs&Version=2016-11-15",
  );
  await closed.close();
  expect(refused).toMatchObject({ status: 401, code: "AuthFailure" });
});

/** The heap once what earlier tests of the process left behind is gone, which takes more than one collection. */
async function settledHeap(): Promise<number> {
  let heap = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 40; round += 1) {
    collectGarbage();
    const now = process.memoryUsage().heapUsed;
    if (Math.abs(heap - now) < 100_000) return now;
    heap = now;
    await setTimeout(25);
  }
  return heap;
}

test("the log does not hold on to what a refused request was full of", async () => {
  const name = "x".repeat(1_000_000);
  // What the log would hold on to if it kept a part of each text: the text.
  const parts: string[] = [];
  // The median of three: once in a while V8 gives back megabytes of something else meanwhile.
  const held = async (fill: (index: number) => unknown) => {
    const rounds: number[] = [];
    for (let round = 0; round < 3; round++) {
      const before = await settledHeap();
      for (let index = 0; index < 20; index++) await fill(index);
      rounds.push((await settledHeap()) - before);
    }
    return rounds.sort((one, other) => one - other)[1] ?? 0;
  };
  const ofParts = await held((index) => parts.push(JSON.parse(`"${index}${name}"`).slice(0, 500)));
  const ofLog = await held((index) =>
    aws.json("GetSecurityPolicy", { type: "network", name: `${index}${name}` }),
  );
  // Both are measured in this process, whatever it is busy with: 20 MB, against next to nothing.
  expect(ofLog).toBeLessThan(ofParts / 2);
  expect(parts).toHaveLength(60);
  expect(aws.sandbox.calls().at(-1)?.errorMessage).toHaveLength(501);
}, 60_000);
