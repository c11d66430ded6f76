import { Agent, request } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type Sandbox, startSandbox } from "../../sandbox";
import { aossOperations } from "../../sandbox/aoss/service";
import { authorization } from "./raw-aws";

const seed = 20_261_124;
const requests = 20_000;

/** The same numbers for the same seed (mulberry32). */
function randomFrom(start: number) {
  let state = start;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (end: number) => Math.floor(next() * end);
  const one = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  return { next, below, one };
}

const { next, below, one } = randomFrom(seed);

const operations = [...aossOperations.keys(), "RunInstances", "", "__proto__", "constructor"];
const actions = [
  "DescribeVpcEndpoints",
  "DescribeSecurityGroups",
  "CreateSecurityGroup",
  "AuthorizeSecurityGroupIngress",
  "CreateTags",
  "DescribeNetworkInterfaces",
  "DeleteSecurityGroup",
  "CreateVpc",
  "CreateSubnet",
  "toString",
];
const members = [
  ..."name type policy policyVersion description ids id vpcId subnetIds securityGroupIds resource maxResults".split(
    " ",
  ),
  ..."nextToken clientToken tags resourceArn tagKeys names collectionFilters __proto__ constructor toString".split(
    " ",
  ),
];
const parameters = [
  ..."GroupName GroupDescription VpcId GroupId Filter.1.Name Filter.1.Value.1 MaxResults NextToken".split(
    " ",
  ),
  ..."IpPermissions.1.IpProtocol IpPermissions.1.FromPort IpPermissions.x ResourceId.1 Tag.1.Key".split(" "),
  ..."a.b.c.d.e.f.g.h.i.j.k __proto__.x constructor DryRun CidrBlock".split(" "),
];
const texts = [
  ..."apps network encryption data retention vpc-0a1b2c3d4e5f60718 subnet-0a1b2c3d4e5f60711 vpce-0 sg-1 * -1 tcp".split(
    " ",
  ),
  '[{"Rules":[{"ResourceType":"collection","Resource":["collection/abc*"]}],"AllowFromPublic":true}]',
  '{"Rules":[{"ResourceType":"collection","Resource":["collection/*"]}],"AWSOwnedKey":true}',
  "[".repeat(5_000),
  `{"a":${"[".repeat(300)}${"]".repeat(300)}}`,
  "é\u0000\ud800",
  "x".repeat(30_000),
  "",
];

function text(): string {
  return next() < 0.8
    ? one(texts)
    : String.fromCharCode(...Array.from({ length: below(40) }, () => below(0x3000)));
}

function value(depth = 0): unknown {
  const kinds = [text, () => below(1_000) - 500, () => next() * 1e300, () => null, () => next() < 0.5];
  if (depth > 2 || next() < 0.5) return one<() => unknown>(kinds)();
  if (next() < 0.5) return Array.from({ length: below(4) }, () => value(depth + 1));
  return Object.fromEntries(Array.from({ length: below(4) }, () => [one(members), value(depth + 1)]));
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | Buffer;
}

const junk = (length: number) => Buffer.from(Array.from({ length }, () => below(256)));

function spoiled(body: string): string | Buffer {
  const roll = next();
  if (roll < 0.8) return body;
  if (roll < 0.9) return body.slice(0, below(body.length + 1));
  if (roll < 0.95) return junk(below(300));
  return body.replaceAll(/[0-9a-z]/g, (character) =>
    next() < 0.05 ? one(["%", "<", '"', "\n", "%zz"]) : character,
  );
}

/** What clients really send; the names are few, so that requests meet each other's work. */
const nearlyValid: readonly (() => readonly [string, Record<string, unknown>])[] = [
  () => ["CreateSecurityPolicy", { type: "network", name: `policy-${below(30)}`, policy: texts[12] }],
  () => ["CreateSecurityPolicy", { type: "encryption", name: `policy-${below(30)}`, policy: texts[13] }],
  () => ["GetSecurityPolicy", { type: one(["network", "encryption"]), name: `policy-${below(30)}` }],
  () => ["DeleteSecurityPolicy", { type: one(["network", "encryption"]), name: `policy-${below(30)}` }],
  () => ["ListSecurityPolicies", { type: "network", maxResults: 1 + below(100) }],
  () => ["CreateCollection", { name: `logs-${below(30)}`, tags: [{ key: "team", value: "search" }] }],
  () => ["ListCollections", { collectionFilters: { status: "ACTIVE" } }],
  () => ["BatchGetCollection", { names: [`logs-${below(30)}`] }],
  () => [
    "CreateVpcEndpoint",
    { name: `apps-${below(9)}`, vpcId: `vpc-0000000${below(9)}`, subnetIds: [`subnet-0000000${below(9)}`] },
  ],
  () => ["ListVpcEndpoints", { clientToken: `token-${below(2_000)}` }],
];

function mutated(input: Record<string, unknown>): Record<string, unknown> {
  if (next() < 0.5) return input;
  const name = one([...Object.keys(input), ...members]);
  const { [name]: _dropped, ...rest } = input;
  return next() < 0.3 ? rest : { ...rest, [name]: value() };
}

function randomRequest(): Sent {
  if (next() < 0.4) {
    const [operation, input] = one(nearlyValid)();
    const headers = {
      authorization: authorization("aoss"),
      "x-amz-target": `OpenSearchServerless.${operation}`,
    };
    return { method: "POST", path: "/", headers, body: JSON.stringify(mutated(input)) };
  }
  const method = next() < 0.95 ? "POST" : one(["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"]);
  const path =
    next() < 0.9
      ? "/"
      : one(["/2013-04-01/hostedzone", "/_sandbox/nothing", "/%", "/?Action=x", "//", "/a/b"]);
  const service = one(["aoss", "aoss", "ec2", "ec2", "sts", "iam", "kms", "route53", "s3", "__proto__"]);
  const signed =
    next() < 0.95 ? authorization(service) : one(["", "Bearer x", "AWS4-HMAC-SHA256 Credential=a"]);
  if (service === "aoss" || service === "kms") {
    const target = `${one(["OpenSearchServerless", "OpenSearchServerless", "TrentService", "x"])}.${one(operations)}`;
    const input = Object.fromEntries(Array.from({ length: below(6) }, () => [one(members), value()]));
    return {
      method,
      path,
      headers: { authorization: signed, "x-amz-target": target },
      body: spoiled(JSON.stringify(next() < 0.95 ? input : value())),
    };
  }
  const form = new URLSearchParams({
    Action: one(actions),
    Version: service === "ec2" ? "2016-11-15" : "2011-06-15",
  });
  for (let index = below(6); index > 0; index--) form.append(one(parameters), String(value(3)));
  const body = service === "route53" ? `<a><b>${text()}</b></a>` : form.toString();
  return { method, path, headers: { authorization: signed }, body: spoiled(body) };
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

function send(
  sandbox: Sandbox,
  { method, path, headers, body }: Sent,
): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(sandbox.url);
  return new Promise((resolve, reject) => {
    const sent = request({ agent, hostname, port, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function heapMiB(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

describe("random requests", () => {
  let sandbox: Sandbox;
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);

  beforeAll(async () => {
    process.on("unhandledRejection", note);
    process.on("uncaughtException", note);
    sandbox = await startSandbox({
      verifySignatures: false,
      openWorld: true,
      speed: Number.POSITIVE_INFINITY,
    });
  });

  afterAll(async () => {
    process.off("unhandledRejection", note);
    process.off("uncaughtException", note);
    agent.destroy();
    await sandbox.close();
  });

  async function flood(count: number): Promise<Map<number, number>> {
    const statuses = new Map<number, number>();
    let left = count;
    const client = async () => {
      while (left-- > 0) {
        const sent = randomRequest();
        const { status, text: answer } = await send(sandbox, sent);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (status >= 500) throw new Error(`${status} ${answer}\n${JSON.stringify(sent).slice(0, 2_000)}`);
      }
    };
    await Promise.all(Array.from({ length: 8 }, client));
    return statuses;
  }

  test(`${requests} of them (seed ${seed}): each answered, none by a failure, memory stays flat`, async () => {
    // First until the log and the tables of remembered tokens are as full as they get.
    await flood(requests);
    const before = heapMiB();
    const statuses = await flood(requests);
    const after = heapMiB();
    console.log(
      `statuses ${JSON.stringify(Object.fromEntries([...statuses].sort()))}, heap ${before.toFixed(0)} -> ${after.toFixed(0)} MiB`,
    );
    expect(unhandled).toEqual([]);
    // Both sides of the border were met: requests that are taken and requests that are refused.
    expect(statuses.get(200)).toBeGreaterThan(100);
    expect(statuses.get(400)).toBeGreaterThan(1_000);
    expect(after - before).toBeLessThan(10);
  }, 180_000);

  test("a body over 1 MiB is refused, and the connection serves on", async () => {
    const headers = {
      authorization: authorization("aoss"),
      "x-amz-target": "OpenSearchServerless.ListVpcEndpoints",
    };
    const body = Buffer.alloc(1024 * 1024 + 1, " ");
    await expect(send(sandbox, { method: "POST", path: "/", headers, body })).resolves.toMatchObject({
      status: 413,
    });
    await expect(send(sandbox, { method: "POST", path: "/", headers, body: "{}" })).resolves.toMatchObject({
      status: 200,
    });
  });
});
