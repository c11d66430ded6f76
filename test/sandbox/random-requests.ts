import { aossOperations } from "../../sandbox/aoss/service";
import { knownRegions } from "../../service";
import type { Dice } from "./random-from";
import { randomRoute53 } from "./random-route53";
import { authorization } from "./raw-aws";

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

/** Regions as a credential scope or a host may name them; the new ones are more than an open world takes. */
const oddRegions = [
  ..."US-EAST-1 us-east-1-2 us-east us--1 eu-central-1/x __proto__ constructor global é".split(" "),
  "",
  `${"a-".repeat(3_000)}1`,
  `${"a-".repeat(3_000)}/`,
  "x".repeat(5_000),
];

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | Buffer;
}

/** Requests at random, of all protocols: some that clients really send, and what becomes of them in bad hands. */
export interface RandomRequests {
  request(): Sent;
  /** Lets later requests be about the hosted zones that an answer names. */
  learn(answer: string): void;
}

export function randomRequests(dice: Dice): RandomRequests {
  const { next, below, one } = dice;
  const zones: string[] = ["Z0", "Z00000000000000000000"];

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

  const region = (): string => {
    if (next() < 0.9) return one(["us-east-1", "us-east-1", "eu-central-1"]);
    return one([() => one(knownRegions), () => `xx-new-${below(150)}`, () => one(oddRegions)])();
  };

  const host = (): string =>
    one([
      `aoss.${region()}.amazonaws.com`,
      `${region()}.aoss.amazonaws.com:443`,
      "localhost",
      "[::1]:80",
      "",
    ]);

  const route53 = randomRoute53(dice, { zones, region, text: () => one(texts) });

  function randomRequest(): Sent {
    if (next() < 0.15) {
      const { method, path, body } = route53();
      return {
        method,
        path,
        headers: { authorization: authorization("route53", region()) },
        body: spoiled(body),
      };
    }
    if (next() < 0.4) {
      const [operation, input] = one(nearlyValid)();
      const headers = {
        authorization: authorization("aoss", region()),
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
      next() < 0.95
        ? authorization(service, region())
        : one(["", "Bearer x", "AWS4-HMAC-SHA256 Credential=a"]);
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
    return { method, path, headers: { authorization: signed }, body: spoiled(form.toString()) };
  }

  return {
    request: () => {
      const sent = randomRequest();
      return next() < 0.9 ? sent : { ...sent, headers: { ...sent.headers, host: host() } };
    },
    learn: (answer) => {
      const id = /\/hostedzone\/(Z[A-Z0-9]+)/.exec(answer)?.[1];
      if (id !== undefined && !zones.includes(id)) zones.push(id);
      if (zones.length > 60) zones.splice(2, 1);
    },
  };
}
