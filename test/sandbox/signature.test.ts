import { createHmac } from "node:crypto";
import { DescribeSecurityGroupsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { BatchGetVpcEndpointCommand, OpenSearchServerlessClient } from "@aws-sdk/client-opensearchserverless";
import {
  GetHostedZoneCommand,
  ListHostedZonesByNameCommand,
  ListHostedZonesCommand,
  Route53Client,
} from "@aws-sdk/client-route-53";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import aws4 from "aws4";
import { type Sandbox, sandboxAccessKeyId, startSandbox } from "../../sandbox";
import { canonicalRequest, sha256 } from "../../sandbox/access/canonical-request";
import { readCredentialScope, secretKeyOf } from "../../sandbox/access/credential-scope";
import { verifySignature } from "../../sandbox/access/signature";
import { type Answer, postTo } from "./raw-aws";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const credentials = {
  accessKeyId: sandboxAccessKeyId,
  secretAccessKey: secretKeyOf(sandboxAccessKeyId),
};
const target = "OpenSearchServerless.ListVpcEndpoints";
const callerIdentity = "Action=GetCallerIdentity&Version=2011-06-15";
const describeTags = "Action=DescribeTags&Version=2016-11-15";

interface Signed {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** A request signed by aws4, a signer that knows nothing of the sandbox. */
function signed(
  service: string,
  body: string,
  headers: Record<string, string> = {},
  keys = credentials,
): Signed {
  const { host } = new URL(sandbox.url);
  const request = aws4.sign(
    {
      host,
      path: "/",
      method: "POST",
      service,
      region: "eu-central-1",
      headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8", ...headers },
      body,
    },
    keys,
  );
  return { headers: request.headers as Record<string, string>, body };
}

const json = (headers: Record<string, string> = {}, keys = credentials): Signed =>
  signed(
    "aoss",
    "{}",
    { "content-type": "application/x-amz-json-1.0", "x-amz-target": target, ...headers },
    keys,
  );

const send = ({ headers, body }: Signed, path = ""): Promise<Answer> => {
  // fetch makes the Host header itself, the same one.
  const { Host: _host, ...rest } = headers;
  return postTo(`${sandbox.url}${path}`, rest, body);
};

const doesNotMatch =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key " +
  "and signing method. Consult the service documentation for details.";
const invalidCredentials = {
  status: 401,
  code: "AuthFailure",
  message: "AWS was not able to validate the provided access credentials",
};

describe("requests signed by others are taken", () => {
  const client = () => ({ endpoint: sandbox.url, region: "eu-central-1", credentials, maxAttempts: 1 });

  test("by aws4, for JSON and for query services", async () => {
    expect(await send(json())).toMatchObject({ status: 200 });
    expect(await send(signed("sts", callerIdentity))).toMatchObject({ status: 200 });
    expect(await send(signed("ec2", describeTags))).toMatchObject({ status: 200 });
  });

  test("by the AWS SDK for OpenSearch Serverless, EC2 and STS", async () => {
    const aoss = new OpenSearchServerlessClient(client());
    const { vpcEndpointErrorDetails } = await aoss.send(
      new BatchGetVpcEndpointCommand({ ids: ["vpce-0a1b2c3d4e5f60731"] }),
    );
    expect(vpcEndpointErrorDetails).toHaveLength(1);
    const { SecurityGroups } = await new EC2Client(client()).send(
      new DescribeSecurityGroupsCommand({ GroupIds: ["sg-0a1b2c3d4e5f60713"] }),
    );
    expect(SecurityGroups?.[0]?.GroupName).toBe("application-servers");
    const identity = await new STSClient(client()).send(new GetCallerIdentityCommand({}));
    expect(identity.Account).toBe("123456789012");
  });

  test("by the AWS SDK for Route 53, whose requests have a path and a query string", async () => {
    const route53 = new Route53Client(client());
    const { HostedZones } = await route53.send(new ListHostedZonesCommand({ MaxItems: 10 }));
    expect(HostedZones).toEqual([]);
    const strange = route53.send(
      new ListHostedZonesByNameCommand({ DNSName: "a b/ü~*'(1)+&=%", MaxItems: 1 }),
    );
    // Route 53 may say what it likes of this name, but nothing of the signature.
    expect(await codeOf(strange)).not.toBe("SignatureDoesNotMatch");
    expect(await codeOf(route53.send(new GetHostedZoneCommand({ Id: "Z0 1~(a)" })))).not.toBe(
      "SignatureDoesNotMatch",
    );
    const wrong = new Route53Client({
      ...client(),
      credentials: { ...credentials, secretAccessKey: "another" },
    });
    expect(await codeOf(wrong.send(new ListHostedZonesCommand({})))).toBe("SignatureDoesNotMatch");
  });

  test("by the AWS SDK with a clock that is an hour slow, which it corrects by the refusal's date", async () => {
    const slow = new OpenSearchServerlessClient({
      ...client(),
      maxAttempts: 2,
      systemClockOffset: -3_600_000,
    });
    await slow.send(new BatchGetVpcEndpointCommand({ ids: ["vpce-0a1b2c3d4e5f60731"] }));
    expect(sandbox.calls().slice(-2)).toMatchObject([
      { errorCode: "InvalidSignatureException", errorMessage: expect.stringContaining("Signature expired") },
      { status: 200 },
    ]);
  });

  test("with the Date header in place of X-Amz-Date", async () => {
    // aws4 signs x-amz-date unless it finds a date.
    expect(await send(signed("sts", callerIdentity, { Date: new Date().toUTCString() }))).toMatchObject({
      status: 200,
    });
  });

  test("with header values that have spaces around and between", async () => {
    expect(await send(signed("sts", callerIdentity, { "x-amz-meta": "  a   b " }))).toMatchObject({
      status: 200,
    });
  });
});

/** The code of the error that the SDK ran into; undefined if there was none. */
const codeOf = (sent: Promise<unknown>): Promise<string | undefined> =>
  sent.then(
    () => undefined,
    (error: Error) => error.name,
  );

describe("what was changed after signing is refused", () => {
  test("the body", async () => {
    // Of the same length, since the Content-Length is signed as well.
    const request = json();
    expect(await send({ ...request, body: "[]" })).toMatchObject({
      status: 400,
      code: "InvalidSignatureException",
      message: doesNotMatch,
    });
    expect(
      await send({ ...signed("sts", callerIdentity), body: callerIdentity.replace("Get", "Set") }),
    ).toMatchObject({
      status: 403,
      code: "SignatureDoesNotMatch",
      message: doesNotMatch,
    });
    expect(
      await send({ ...signed("ec2", describeTags), body: describeTags.replace("Describe", "Inscribe") }),
    ).toMatchObject(invalidCredentials);
  });

  test("a signed header", async () => {
    const request = json({ "x-amz-note": "one" });
    expect(await send({ ...request, headers: { ...request.headers, "x-amz-note": "two" } })).toMatchObject({
      code: "InvalidSignatureException",
      message: doesNotMatch,
    });
  });

  test("the operation that X-Amz-Target names", async () => {
    const request = json();
    const headers = { ...request.headers, "x-amz-target": "OpenSearchServerless.DeleteVpcEndpoint" };
    expect(await send({ ...request, headers })).toMatchObject({ code: "InvalidSignatureException" });
  });

  test("the path and the query string", async () => {
    expect(await send(signed("sts", callerIdentity), "/a")).toMatchObject({ code: "SignatureDoesNotMatch" });
    expect(await send(signed("sts", callerIdentity), "/?a=b")).toMatchObject({
      code: "SignatureDoesNotMatch",
    });
  });

  test("the hash of the body in X-Amz-Content-Sha256, or one that never was the body's", async () => {
    expect(await send(json({ "x-amz-content-sha256": "UNSIGNED-PAYLOAD" }))).toMatchObject({
      code: "InvalidSignatureException",
    });
  });

  test("the scope: another Region, service or date than was signed", async () => {
    const request = signed("sts", callerIdentity);
    const authorization = String(request.headers["Authorization"]);
    const answers = [
      authorization.replace("/eu-central-1/", "/us-east-1/"),
      authorization.replace("/sts/", "/ec2/"),
      authorization.replace(/\/\d{8}\//, "/20200101/"),
      authorization.replace(/.$/, (last) => (last === "0" ? "1" : "0")),
      authorization.replace(/Signature=.*/, "Signature=none"),
    ].map(
      async (Authorization) =>
        (await send({ ...request, headers: { ...request.headers, Authorization } })).code,
    );
    expect(await Promise.all(answers)).toEqual([
      "SignatureDoesNotMatch",
      "AuthFailure",
      "SignatureDoesNotMatch",
      "SignatureDoesNotMatch",
      "SignatureDoesNotMatch",
    ]);
  });
});

test.each<[string, (signature: string) => string]>([
  ["followed by something else", (signature) => `${signature}zz-not-hex`],
  ["followed by more digits", (signature) => `${signature}00`],
  ["followed by another equals sign", (signature) => `${signature}=zz`],
  ["in upper case", (signature) => signature.toUpperCase()],
  ["without its last digit", (signature) => signature.slice(0, -1)],
])("the right signature %s is not the right one", async (_how, change) => {
  const request = json();
  const Authorization = String(request.headers["Authorization"]).replace(
    /(?<=Signature=)[0-9a-f]{64}$/,
    change,
  );
  expect(await send({ ...request, headers: { ...request.headers, Authorization } })).toMatchObject({
    status: 400,
    code: "InvalidSignatureException",
    message: doesNotMatch,
  });
});

describe("credentials that are not the sandbox's are refused", () => {
  const wrongSecret = { ...credentials, secretAccessKey: "another" };
  const wrongKey = { ...credentials, accessKeyId: "AKIAIOSFODNN7EXAMPLE" };

  test("another secret", async () => {
    expect(await send(json({}, wrongSecret))).toMatchObject({ code: "InvalidSignatureException" });
    expect(await send(signed("sts", callerIdentity, {}, wrongSecret))).toMatchObject({
      code: "SignatureDoesNotMatch",
    });
    expect(sandbox.calls().at(-1)).toMatchObject({ service: "sts", operation: "GetCallerIdentity" });
    expect(await send(signed("ec2", describeTags, {}, wrongSecret))).toMatchObject(invalidCredentials);
  });

  test("another access key", async () => {
    expect(await send(json({}, wrongKey))).toMatchObject({ code: "UnrecognizedClientException" });
    expect(await send(signed("sts", callerIdentity, {}, wrongKey))).toMatchObject({
      code: "InvalidClientTokenId",
    });
    expect(await send(signed("ec2", describeTags, {}, wrongKey))).toMatchObject(invalidCredentials);
  });

  test("a session token, of which none was handed out", async () => {
    const temporary = { ...credentials, sessionToken: "token" };
    expect(await send(json({}, temporary))).toMatchObject({
      code: "UnrecognizedClientException",
      message: "The security token included in the request is invalid.",
    });
    expect(await send(signed("sts", callerIdentity, {}, temporary))).toMatchObject({
      code: "InvalidClientTokenId",
    });
  });
});

describe("what must be signed", () => {
  const unsigned = (name: string): Signed => {
    const request = json();
    const Authorization = String(request.headers["Authorization"]).replace(
      new RegExp(`(SignedHeaders=[^,]*?);?\\b${name}\\b`),
      "$1",
    );
    return { ...request, headers: { ...request.headers, Authorization } };
  };

  test.each(["host", "x-amz-date", "x-amz-target"])("%s", async (name) => {
    expect(await send(unsigned(name))).toMatchObject({
      code: "InvalidSignatureException",
      message: expect.stringMatching(new RegExp(`^'${name}'.* must be a 'SignedHeader'`, "i")),
    });
  });

  test("any X-Amz header that is sent", async () => {
    const request = json();
    expect(await send({ ...request, headers: { ...request.headers, "x-amz-note": "added" } })).toMatchObject({
      code: "InvalidSignatureException",
    });
  });

  test("a date is required, and one that can be read", async () => {
    const { "X-Amz-Date": _date, ...headers } = json().headers;
    expect(await send({ headers, body: "{}" })).toMatchObject({ code: "IncompleteSignatureException" });
    expect(await send({ headers: { ...headers, "x-amz-date": "today" }, body: "{}" })).toMatchObject({
      code: "IncompleteSignatureException",
    });
  });
});

describe("clocks", () => {
  const at = (minutes: number): string =>
    new Date(Date.now() + minutes * 60_000).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const dated = (minutes: number): Record<string, string> => ({ "X-Amz-Date": at(minutes) });

  test("up to 5 minutes apart are taken", async () => {
    expect(await send(json(dated(-4.9)))).toMatchObject({ status: 200 });
    expect(await send(json(dated(4.9)))).toMatchObject({ status: 200 });
  });

  test("a signature older than 5 minutes has expired", async () => {
    const message = expect.stringMatching(
      /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/,
    );
    expect(await send(json(dated(-5.1)))).toMatchObject({ code: "InvalidSignatureException", message });
    expect(await send(signed("sts", callerIdentity, dated(-5.1)))).toMatchObject({
      code: "SignatureDoesNotMatch",
      message,
    });
    expect(await send(signed("ec2", describeTags, dated(-5.1)))).toMatchObject({
      status: 400,
      code: "RequestExpired",
      message: "Request has expired.",
    });
  });

  test("a signature of more than 5 minutes ahead is not yet current", async () => {
    expect(await send(json(dated(5.2)))).toMatchObject({
      code: "InvalidSignatureException",
      message: expect.stringMatching(
        /^Signature not yet current: \d{8}T\d{6}Z is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 5 min\.\)$/,
      ),
    });
  });
});

test("the canonical request of the example in AWS's description of Signature Version 4 has the hash given there", () => {
  // ListUsers of 2015-08-30, the example whose intermediate values AWS published.
  const request = {
    method: "GET",
    path: "/?Action=ListUsers&Version=2010-05-08",
    headers: {
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
      host: "iam.amazonaws.com",
      "x-amz-date": "20150830T123600Z",
    },
    body: Buffer.alloc(0),
  };
  const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  expect(sha256(request.body)).toBe(emptyHash);
  expect(sha256(canonicalRequest(request, ["content-type", "host", "x-amz-date"], emptyHash))).toBe(
    "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59",
  );
});

test("a small request is verified in few times what the hashes of a signature take by themselves", () => {
  const { headers, body } = json();
  const request = {
    method: "POST",
    path: "/",
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
    ),
    body: Buffer.from(body),
  };
  const scope = readCredentialScope(request.headers["authorization"], true);
  const key = Buffer.alloc(32);
  const text = "x".repeat(200);
  // Body, canonical request, and what is signed, with a key that is at hand (Signature Version 4, IAM user guide).
  const hashes = () => {
    sha256(request.body);
    sha256(text);
    createHmac("sha256", key).update(text).digest();
  };
  const timeOf = (work: () => void): number => {
    const start = process.hrtime.bigint();
    for (let round = 0; round < 100; round++) work();
    return Number(process.hrtime.bigint() - start);
  };
  // By turns, so that what else the machine does falls upon both; the first rounds are slow for both.
  const ratios = Array.from(
    { length: 61 },
    () => timeOf(() => verifySignature(request, scope)) / timeOf(hashes),
  );
  const median = ratios.sort((a, b) => a - b)[30];
  // About 3.2, on a busy machine too, and 5.6 if the key were derived for each request.
  expect(median).toBeLessThan(4.5);
});
