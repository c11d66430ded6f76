import { request } from "node:http";
import { authorization, type Json, sandboxForEachTest } from "./raw-aws";

const aws = sandboxForEachTest();

async function control(method: string, what: string, body?: string, headers: Record<string, string> = {}) {
  const response = await fetch(new URL(`/_sandbox/${what}`, aws.sandbox.url), {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, body: (await response.json()) as Json };
}

const json = { "content-type": "application/json" };
const throttling = JSON.stringify({
  version: 1,
  faults: [{ on: "aoss:ListVpcEndpoints", what: "throttle", times: 1 }],
});

test("the log tells what was called, newest last, with the error and the IAM actions", async () => {
  await aws.json("ListVpcEndpoints", {});
  await aws.ec2("RunInstances");
  const { status, body } = await control("GET", "log");
  expect([status, body["version"]]).toEqual([200, 1]);
  expect(body["calls"]).toMatchObject([
    { service: "aoss", operation: "ListVpcEndpoints", status: 200, actions: ["aoss:ListVpcEndpoints"] },
    { service: "ec2", operation: "RunInstances", status: 400, errorCode: "InvalidAction", actions: [] },
  ]);
});

test("the dump tells what was made", async () => {
  await aws.json("CreateVpcEndpoint", {
    name: "apps",
    vpcId: "vpc-0a1b2c3d",
    subnetIds: ["subnet-0a1b2c3d"],
  });
  const { body } = await control("GET", "dump");
  expect(body["contents"]).toMatchObject({ vpcEndpoints: [{ name: "apps", status: "ACTIVE" }], vpcs: [] });
});

test("faults are set, strike, are counted, and are lifted", async () => {
  expect(await control("PUT", "faults", throttling, json)).toMatchObject({
    status: 200,
    body: { strikes: [0] },
  });
  expect(await aws.json("ListVpcEndpoints", {})).toMatchObject({ code: "ThrottlingException" });
  expect(await aws.json("ListVpcEndpoints", {})).toMatchObject({ status: 200 });
  expect(await control("GET", "faults")).toMatchObject({ body: { version: 1, strikes: [1] } });
  expect(await control("DELETE", "faults")).toMatchObject({ status: 200, body: { faults: [] } });
});

test.each(["application/json; charset=utf-8", "Application/JSON;charset=UTF-8"])(
  "a definition may come as %s",
  async (type) => {
    expect(await control("PUT", "faults", throttling, { "content-type": type })).toMatchObject({
      status: 200,
    });
  },
);

test("the log names what was called although the call could not be read", async () => {
  const url = (path: string) => new URL(path, aws.sandbox.url);
  const headers = (service: string, region?: string) => ({ authorization: authorization(service, region) });
  const post = (path: string, service: string, body: string, region?: string) =>
    fetch(url(path), { method: "POST", headers: headers(service, region), body });
  await post("/2013-04-01/hostedzone", "route53", "<broken");
  await post("/2013-04-01/hostedzone/Z1/associatevpc", "route53", "");
  await post("/2013-04-01/%", "route53", "");
  await post("/", "ec2", "Version=2016-11-15&Action=DescribeVpcs&x=%ZZ");
  await post("/", "sts", "Action=GetCallerIdentity&Version=2011-06-15", "xx-nowhere-1/..");
  await aws.json("ListVpcEndpoints", "{");
  const { body } = await control("GET", "log");
  expect((body["calls"] as Json[]).map(({ service, operation }) => [service, operation])).toEqual([
    ["route53", "CreateHostedZone"],
    ["route53", "AssociateVPCWithHostedZone"],
    ["route53", ""],
    ["ec2", "DescribeVpcs"],
    // What it is signed for cannot be read.
    ["", ""],
    ["aoss", "ListVpcEndpoints"],
  ]);
});

test("faults that make no sense are refused with the place, and those before stay", async () => {
  await control("PUT", "faults", throttling, json);
  const wrong = JSON.stringify({ version: 1, faults: [{ on: "aoss:X", what: "explode" }] });
  const { status, body } = await control("PUT", "faults", wrong, json);
  expect(status).toBe(400);
  expect(body["error"]).toContain("faults[0].what");
  expect(await control("PUT", "faults", "{", json)).toMatchObject({
    status: 400,
    body: { error: expect.stringMatching(/^not valid JSON: /) },
  });
  expect(await control("PUT", "faults", " ".repeat(1024 * 1024 + 1), json)).toMatchObject({
    status: 413,
    body: { error: "the definition is larger than 1 MiB" },
  });
  expect(await aws.json("ListVpcEndpoints", {})).toMatchObject({ code: "ThrottlingException" });
});

test("a page in a browser gets nothing: neither by a name that leads here nor by a form", async () => {
  expect(await control("PUT", "faults", throttling, { "content-type": "text/plain" })).toMatchObject({
    status: 415,
  });
  const { hostname, port } = new URL(aws.sandbox.url);
  const status = await new Promise((resolve, reject) => {
    request({ hostname, port, path: "/_sandbox/dump", headers: { host: "evil.example" } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
  expect(status).toBe(403);
});

test("what is not there is told", async () => {
  expect(await control("GET", "nothing")).toMatchObject({ status: 404 });
  expect(await control("POST", "faults")).toMatchObject({ status: 405 });
});
