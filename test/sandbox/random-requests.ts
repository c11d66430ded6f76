import { services } from "../../sandbox/services";
import { knownRegions } from "../../service";
import { randomAoss } from "./random-aoss";
import { type Parameters, randomEc2 } from "./random-ec2";
import type { Dice } from "./random-from";
import { randomIam } from "./random-iam";
import { KnownIds } from "./random-ids";
import { randomKms } from "./random-kms";
import { randomRoute53 } from "./random-route53";
import { randomS3 } from "./random-s3";
import { authorization } from "./raw-aws";

/** What a request may name beside what is served. */
const unknownNames = ["RunInstances", "", "__proto__", "constructor", "toString"];
const targetPrefixes = { aoss: "OpenSearchServerless", kms: "TrentService" } as const;
const versions: Readonly<Record<string, string>> = {
  ec2: "2016-11-15",
  iam: "2010-05-08",
  sts: "2011-06-15",
};
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

/** What is refused most of the time, since much has to be there first, is asked for more often. */
const seldomDone =
  /^(?:Associate|Disassociate|Modify|Re(?:tire|voke)|\w+Grants?$|CreateVpcEndpoint|UpdateVpcEndpoint)/;

const weighted = <Value>(table: Readonly<Record<string, Value>>): readonly (readonly [string, Value])[] =>
  Object.entries(table).flatMap((entry) => (seldomDone.test(entry[0]) ? [entry, entry, entry] : [entry]));

/** Requests at random, of all protocols: some that clients really send, and what becomes of them in bad hands. */
export interface RandomRequests {
  request(): Sent;
  /** Lets later requests be about what an answer names. */
  learn(answer: string): void;
}

export function randomRequests(dice: Dice): RandomRequests {
  const { next, below, one } = dice;
  const zones: string[] = ["Z0", "Z00000000000000000000"];
  const ids = new KnownIds(dice);
  const aoss = weighted(randomAoss(dice, ids));
  const kms = weighted(randomKms(dice, ids));
  const ec2 = weighted(randomEc2(dice, ids));
  const iam = Object.entries(randomIam(dice));

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

  function mutated(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    if (next() < 0.6) return input;
    const name = one([...Object.keys(input), ...members]);
    const { [name]: _dropped, ...rest } = input;
    return next() < 0.3 ? rest : { ...rest, [name]: value() };
  }

  /** An operation of the service, or something else. */
  const nameIn = (service: string): string =>
    one([
      ...(Object.hasOwn(services, service) ? (services[service]?.operations ?? []) : []),
      ...unknownNames,
    ]);

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

  const route53 = randomRoute53(dice, {
    zones,
    change: () => ids.one("change"),
    vpcId: () => ids.one("vpc"),
    region,
    text: () => one(texts),
  });

  const s3 = randomS3(dice, () => one(texts));

  function randomRequest(): Sent {
    if (next() < 0.08) {
      const { headers, ...sent } = s3();
      return { ...sent, headers: { ...headers, authorization: authorization("s3", region()) } };
    }
    if (next() < 0.15) {
      const { method, path, body } = route53();
      return {
        method,
        path,
        headers: { authorization: authorization("route53", region()) },
        body: spoiled(body),
      };
    }
    const kind = next();
    if (kind < 0.25) return ofJson("aoss", ...one(aoss));
    if (kind < 0.4) return ofJson("kms", ...one(kms));
    if (kind < 0.65) return ofEc2(...one(ec2));
    if (kind < 0.7) return ofIamOrSts();
    if (kind < 0.78) return ofIam(...one(iam));
    return nonsense();
  }

  /** Of a service in AWS's JSON protocol, nearly as clients send it. */
  function ofJson(
    service: "aoss" | "kms",
    operation: string,
    input: () => Readonly<Record<string, unknown>>,
  ): Sent {
    const headers = {
      authorization: authorization(service, region()),
      "x-amz-target": `${service === "aoss" ? "OpenSearchServerless" : "TrentService"}.${operation}`,
    };
    return { method: "POST", path: "/", headers, body: JSON.stringify(mutated(input())) };
  }

  function ofQuery(service: string, action: string, input: Parameters): Sent {
    const form = new URLSearchParams({ Action: action, Version: versions[service] ?? "", ...input });
    return {
      method: "POST",
      path: "/",
      headers: { authorization: authorization(service, region()) },
      body: form.toString(),
    };
  }

  function ofEc2(action: string, parametersOf: () => Parameters): Sent {
    const input = { ...parametersOf() };
    const roll = next();
    const name = one([...Object.keys(input), ...parameters]);
    if (roll < 0.15) input[name] = text();
    else if (roll < 0.2) delete input[name];
    else if (roll < 0.25) input["DryRun"] = one(["true", "false", "x"]);
    return ofQuery("ec2", action, input);
  }

  function ofIam(action: string, parametersOf: () => Parameters): Sent {
    const input = { ...parametersOf() };
    const roll = next();
    if (roll < 0.1) input[one([...Object.keys(input), ...parameters])] = text();
    else if (roll < 0.15) delete input[one([...Object.keys(input), "x"])];
    return ofQuery("iam", action, input);
  }

  function ofIamOrSts(): Sent {
    const create = { AWSServiceName: "observability.aoss.amazonaws.com" };
    const [service, action, input] = one<readonly [string, string, Parameters]>([
      ["iam", "CreateServiceLinkedRole", create],
      ["iam", "CreateServiceLinkedRole", create],
      ["sts", "GetCallerIdentity", {}],
      ["iam", "GetUser", one<Parameters>([{}, { UserName: "sandbox" }, { UserName: text() }])],
      ["iam", "ListRoles", one<Parameters>([{}, { PathPrefix: "/" }, { MaxItems: String(below(1_002)) }])],
      ["iam", "DeleteServiceLinkedRole", { RoleName: "AWSServiceRoleForAmazonOpenSearchServerless" }],
      ["iam", "GetServiceLinkedRoleDeletionStatus", { DeletionTaskId: ids.one("task") }],
      ["iam", "GetRole", { RoleName: one(["AWSServiceRoleForAmazonOpenSearchServerless", text()]) }],
      ["iam", "CreateServiceLinkedRole", { AWSServiceName: "x.amazonaws.com" }],
    ]);
    return ofQuery(service, action, input);
  }

  /** What nobody sends: names, members and parameters of any service, put together. */
  function nonsense(): Sent {
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
      const prefix = one(["OpenSearchServerless", "TrentService", "x"]);
      const target = `${next() < 0.8 ? targetPrefixes[service] : prefix}.${nameIn(service)}`;
      const input = Object.fromEntries(Array.from({ length: below(6) }, () => [one(members), value()]));
      return {
        method,
        path,
        headers: { authorization: signed, "x-amz-target": target },
        body: spoiled(JSON.stringify(next() < 0.95 ? input : value())),
      };
    }
    const form = new URLSearchParams({
      Action: nameIn(service),
      Version: next() < 0.9 ? (versions[service] ?? "") : "2011-06-15",
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
      ids.learn(answer);
    },
  };
}
