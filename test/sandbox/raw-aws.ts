import { XMLParser } from "fast-xml-parser";
import {
  type Sandbox,
  type SandboxOptions,
  type Speed,
  sandboxAccessKeyId,
  startSandbox,
} from "../../sandbox";

export type Json = Record<string, unknown>;

export interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly message: string;
  /** the answer as an object: JSON as it came, XML below its root element */
  readonly body: Json;
  readonly headers: Headers;
}

export const authorization = (service: string, region = "us-east-1", key = sandboxAccessKeyId): string =>
  `AWS4-HMAC-SHA256 Credential=${key}/20261123/${region}/${service}/aws4_request, SignedHeaders=host, Signature=00`;

/** Speaks AWS's protocols over plain HTTP. */
export interface RawAws {
  readonly sandbox: Sandbox;
  json(operation: string, input: Json | string, region?: string): Promise<Answer>;
  ec2(
    action: string,
    parameters?: Record<string, string | number | boolean>,
    region?: string,
  ): Promise<Answer>;
  sts(action: string): Promise<Answer>;
  post(headers: Record<string, string>, body: string | Uint8Array): Promise<Answer>;
}

/** One account, and nothing in it. */
const emptyWorld = { version: 1, accounts: { "123456789012": { regions: {} } } } as const;

/** A sandbox for each test of a file; endpoints settle at once unless `speed` says otherwise. */
export function sandboxForEachTest(
  speed: Speed = Number.POSITIVE_INFINITY,
  more: Pick<SandboxOptions, "faults" | "identity" | "openWorld" | "world"> = {},
): RawAws {
  let current: Sandbox | undefined;
  beforeEach(async () => {
    current = await startSandbox({
      speed,
      world: emptyWorld,
      openWorld: true,
      verifySignatures: false,
      ...more,
    });
  });
  afterEach(async () => {
    await current?.close();
    current = undefined;
  });
  const sandbox = (): Sandbox => {
    if (!current) throw new Error("no sandbox outside of a test");
    return current;
  };
  const post = (headers: Record<string, string>, body: string | Uint8Array): Promise<Answer> =>
    postTo(sandbox().url, headers, body);
  const query = (service: string, version: string, region: string) => {
    return (action: string, parameters: Record<string, string | number | boolean> = {}): Promise<Answer> => {
      const form = new URLSearchParams({ Action: action, Version: version });
      for (const [name, value] of Object.entries(parameters)) form.set(name, String(value));
      return post(
        {
          authorization: authorization(service, region),
          "content-type": "application/x-www-form-urlencoded; charset=utf-8",
        },
        form.toString(),
      );
    };
  };
  return {
    get sandbox() {
      return sandbox();
    },
    json: (operation, input, region = "us-east-1") =>
      post(
        {
          authorization: authorization("aoss", region),
          "content-type": "application/x-amz-json-1.0",
          "x-amz-target": `OpenSearchServerless.${operation}`,
        },
        typeof input === "string" ? input : JSON.stringify(input),
      ),
    ec2: (action, parameters, region = "us-east-1") => query("ec2", "2016-11-15", region)(action, parameters),
    sts: (action) => query("sts", "2011-06-15", "us-east-1")(action),
    post,
  };
}

export async function postTo(
  url: string,
  headers: Record<string, string>,
  body: string | Uint8Array,
): Promise<Answer> {
  const response = await fetch(url, { method: "POST", headers, body });
  const text = await response.text();
  const status = response.status;
  if (!response.headers.get("content-type")?.startsWith("text/xml")) {
    const parsed = JSON.parse(text) as Json;
    const code = parsed["__type"] as string | undefined;
    return {
      status,
      code,
      message: String(parsed["message"] ?? ""),
      body: parsed,
      headers: response.headers,
    };
  }
  const parser = new XMLParser({
    parseTagValue: false,
    ignoreAttributes: true,
    ignoreDeclaration: true,
    isArray: (name) => name === "item",
  });
  const document = Object.values(parser.parse(text) as Json)[0] as Json;
  const error = ((document["Errors"] as Json | undefined)?.["Error"] ?? document["Error"]) as
    | Json
    | undefined;
  return {
    status,
    code: error?.["Code"] as string | undefined,
    message: String(error?.["Message"] ?? ""),
    body: document,
    headers: response.headers,
  };
}

/** The items of a list in an EC2 answer. */
export function itemsOf(body: Json, name: string): readonly Json[] {
  const list = body[name] as { readonly item?: readonly Json[] } | "" | undefined;
  return list ? (list.item ?? []) : [];
}

export const vpcId = "vpc-0a1b2c3d4e5f60718";
export const otherVpcId = "vpc-0a1b2c3d4e5f60719";
export const subnetId = (index: number): string => `subnet-0a1b2c3d4e5f607${String(index).padStart(2, "0")}`;

/** The id of a new security group without any rule. */
export async function newGroup(
  aws: RawAws,
  name: string,
  vpc = vpcId,
  region = "us-east-1",
): Promise<string> {
  const made = await aws.ec2(
    "CreateSecurityGroup",
    { GroupName: name, GroupDescription: name, VpcId: vpc },
    region,
  );
  return String(made.body["groupId"]);
}

/** The id of a new endpoint that is ACTIVE, in a sandbox where endpoints settle at once. */
export async function newEndpoint(aws: RawAws, name: string, vpc = vpcId, more: Json = {}): Promise<string> {
  const made = await aws.json("CreateVpcEndpoint", { name, vpcId: vpc, subnetIds: [subnetId(1)], ...more });
  const detail = made.body["createVpcEndpointDetail"] as Json | undefined;
  if (!detail) throw new Error(`${made.code}: ${made.message}`);
  return String(detail["id"]);
}

/** The parameters of a rule for TCP 443. */
export const https = (source: Record<string, string>): Record<string, string | number> => ({
  "IpPermissions.1.IpProtocol": "tcp",
  "IpPermissions.1.FromPort": 443,
  "IpPermissions.1.ToPort": 443,
  ...Object.fromEntries(Object.entries(source).map(([name, value]) => [`IpPermissions.1.${name}`, value])),
});
