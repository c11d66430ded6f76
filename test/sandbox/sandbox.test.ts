import { request } from "node:http";
import { devNull } from "node:os";
import { type SandboxCall, sandboxAccessKeyId, startSandbox } from "../../sandbox";
import { authorization, newEndpoint, newGroup, sandboxForEachTest } from "./raw-aws";

describe("environment", () => {
  const aws = sandboxForEachTest();

  test("leads to the sandbox and to no other account", () => {
    expect(aws.sandbox.environment("eu-central-1")).toMatchObject({
      AWS_ENDPOINT_URL: aws.sandbox.url,
      AWS_ACCESS_KEY_ID: sandboxAccessKeyId,
      AWS_SECRET_ACCESS_KEY: expect.stringMatching(/./),
      AWS_REGION: "eu-central-1",
      AWS_DEFAULT_REGION: "eu-central-1",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      TF_WORKSPACE: expect.stringMatching(/^sandbox-[0-9a-f]{8}$/),
      CHECKPOINT_DISABLE: "1",
    });
    expect(aws.sandbox.environment()["AWS_REGION"]).toBe("us-east-1");
    expect(aws.sandbox.environment()["TF_WORKSPACE"]).toBe(aws.sandbox.environment()["TF_WORKSPACE"]);
  });

  test.each([
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_SESSION_TOKEN",
    "AWS_SECURITY_TOKEN",
    "AWS_ROLE_ARN",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    "AWS_USE_FIPS_ENDPOINT",
    "AWS_USE_DUALSTACK_ENDPOINT",
  ])("unsets %s", (name) => {
    const environment = aws.sandbox.environment();
    expect(Object.hasOwn(environment, name)).toBe(true);
    expect(environment[name]).toBeUndefined();
  });

  test.each(["AWS_ENDPOINT_URL_EC2", "AWS_ENDPOINT_URL_OPENSEARCHSERVERLESS", "TF_AWS_STS_ENDPOINT"])(
    "unsets %s where it is present, since it would reach the real AWS",
    (name) => {
      process.env[name] = "https://example.com";
      try {
        const environment = aws.sandbox.environment();
        expect(Object.hasOwn(environment, name)).toBe(true);
        expect(environment[name]).toBeUndefined();
      } finally {
        delete process.env[name];
      }
    },
  );
});

describe("regions", () => {
  const aws = sandboxForEachTest();

  test("what is made in one Region is not seen in another", async () => {
    const id = await newEndpoint(aws, "apps");
    const groupId = await newGroup(aws, "apps");
    const there = await aws.json("BatchGetVpcEndpoint", { ids: [id] }, "eu-west-1");
    expect(there.body["vpcEndpointDetails"]).toEqual([]);
    expect(await aws.ec2("DescribeSecurityGroups", { "GroupId.1": groupId }, "eu-west-1")).toMatchObject({
      code: "InvalidGroup.NotFound",
    });
    expect(aws.sandbox.contents().vpcEndpoints).toMatchObject([{ region: "us-east-1", id, name: "apps" }]);
  });
});

describe("the server", () => {
  test("listens on 127.0.0.1, on the port asked for, and refuses a port that is taken", async () => {
    const first = await startSandbox();
    const port = Number(new URL(first.url).port);
    expect(first.url).toBe(`http://127.0.0.1:${port}`);
    await expect(startSandbox({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
    await first.close();
    const second = await startSandbox({ port });
    expect(second.url).toBe(first.url);
    await second.close();
  });

  test("is not reached by another address of the machine", async () => {
    const sandbox = await startSandbox();
    const { port } = new URL(sandbox.url);
    await expect(fetch(`http://127.0.0.2:${port}`, { signal: AbortSignal.timeout(2000) })).rejects.toThrow();
    await sandbox.close();
  });

  test("tells the observer of each call, and outlives an observer that throws", async () => {
    const calls: SandboxCall[] = [];
    const sandbox = await startSandbox({
      verifySignatures: false,
      onCall: (call) => {
        calls.push(call);
        throw new Error("observer");
      },
    });
    const ask = (service: string, body: string, headers = {}) =>
      fetch(sandbox.url, {
        method: "POST",
        headers: { authorization: authorization(service, "eu-west-1"), ...headers },
        body,
      }).then((response) => response.text());
    await ask("ec2", "Action=RunInstances&Version=2016-11-15");
    await ask("aoss", "{}", { "x-amz-target": "OpenSearchServerless.ListVpcEndpoints" });
    expect(calls).toMatchObject([
      {
        service: "ec2",
        operation: "RunInstances",
        region: "eu-west-1",
        status: 400,
        errorCode: "InvalidAction",
      },
      { service: "aoss", operation: "ListVpcEndpoints", region: "eu-west-1", status: 200 },
    ]);
    await sandbox.close();
  });

  test("closing ends connections that are open, even in the middle of a request", async () => {
    const sandbox = await startSandbox();
    const hanging = request(sandbox.url, { method: "POST", headers: { "content-length": "100" } });
    const ended = new Promise((resolve) => hanging.once("error", resolve));
    await new Promise<void>((resolve) => hanging.write("half", () => resolve()));
    await sandbox.close();
    await expect(ended).resolves.toMatchObject({ code: expect.any(String) });
    await expect(fetch(sandbox.url)).rejects.toThrow("fetch failed");
  });
});
