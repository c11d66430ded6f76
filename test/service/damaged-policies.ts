import fc from "fast-check";
import type { PolicyKind } from "../../service";
import { account, documents, region } from "./random-policies";

const keyId = "00000000-0000-0000-0000-000000000000";

/** For each member words that belong there, or almost: most stand on one side of a limit of what AWS takes. */
const words: Readonly<Record<string, readonly unknown[]>> = {
  ResourceType: ["collection", "dashboard", "dashboards", "index", "model", "agent", "alias", "Collection"],
  Resource: [
    ...["collection/ab", "collection/abc", "collection/ab*", "collection/abc*", "collection/abc*d"],
    ...[
      "collection/Abc",
      "collection/*",
      "collection/**",
      "*",
      "dashboard/abc",
      "collection/a_c",
      "collection/1bc",
    ],
    ...[`collection/a${"b".repeat(63)}`, `collection/a${"b".repeat(64)}`, `collection/a${"b".repeat(63)}*`],
    ...[
      "index/abc",
      "index/abc/",
      "index/abc/*",
      "index/abc/A",
      "index/abc/a~",
      "index/abc/a=b",
      "index/*/*",
    ],
    ...[
      "index/abc/_a",
      "index/abc/a_",
      "index/abc/a*b",
      "index/abc/.a",
      "index/abc/%a",
      "index/ab/a",
      "index/a*/a",
    ],
    ...[
      "model/abc/*",
      "model/abc",
      "model/abc/",
      "agent/abc/x",
      "agent/ab/x",
      "collection/abc\n",
      "index/abc/a b",
    ],
  ],
  Permission: [
    ...["aoss:*", "*", "aoss:ReadDocument", "aoss:WriteDocument", "ReadDocument", "aoss:readDocument"],
    ...[
      "aoss:CreateIndex",
      "aoss:DeleteIndex",
      "aoss:UpdateIndex",
      "aoss:DescribeIndex",
      "aoss:DelegateAccess",
    ],
    ...["aoss:CreateCollectionItems", "aoss:DeleteCollectionItems", "aoss:UpdateCollectionItems"],
    ...["aoss:DescribeCollectionItems", "aoss:RestoreSnapshot", "aoss:DescribeSnapshot", "aoss:APIAccessAll"],
    ...["aoss:DescribeMLResource", "aoss:CreateMLResource", "aoss:UpdateMLResource", "aoss:DeleteMLResource"],
    ...["aoss:ExecuteMLResource", "aoss:DescribeAgent", "aoss:SearchAgents", "aoss:CreateAgent"],
    ...["aoss:UpdateAgent", "aoss:DeleteAgent", "aoss:InvokeAgent", "aoss:InvokeAgents", "aoss:SearchAgent"],
  ],
  Principal: [
    ...["*", "", `arn:aws:iam::${account}:role/x`, "arn:aws:iam::222222222222:role/x", "arn:aws:s3:::bucket"],
    ...[`arn:aws:sts::${account}:assumed-role/x/session`, "arn:aws:sts::222222222222:assumed-role/x/session"],
    ...[`arn:aws:iam::${account}:`, `arn:aws-cn:iam::${account}:root`, `arn:gcp:iam::${account}:root`],
    ...[
      `saml/${account}/idp`,
      `saml/${account}/idp/user/a`,
      "saml/222222222222/idp/user/a",
      "saml/1/idp/user/a",
    ],
    ...[`saml/${account}/ab/user/a`, `saml/${account}/idp/role/a`, `saml/${account}/Idp/group/a`],
    ...["iamidentitycenter/x", "iamidentitycenter/x/user/a", "iamidentitycenter/x/y/group/a", "x/y/user/a"],
  ],
  Description: ["", "x", "ü", null, 1],
  AllowFromPublic: [true, false, "false", null],
  SourceVPCEs: [
    ...[`vpce-${"a".repeat(7)}`, `vpce-${"a".repeat(8)}`, `vpce-${"a".repeat(20)}`, `vpce-${"a".repeat(21)}`],
    ...["vpce-0A1b2C3d", "vpc-0a1b2c3d4", "vpce-0a1b-2c3d", ""],
  ],
  SourceServices: [
    ...["bedrock.amazonaws.com", "aoss.amazonaws.com", "application.opensearchservice.amazonaws.com"],
    ...["lambda.amazonaws.com", "bedrock", "Bedrock.amazonaws.com", "bedrock.amazonaws.com.cn", ""],
  ],
  AWSOwnedKey: [true, false, "true", null],
  KmsARN: [
    ...[`arn:aws:kms:${region}:${account}:key/${keyId}`, `arn:aws:kms:us-east-1:${account}:key/${keyId}`],
    ...[
      `arn:aws-us-gov:kms:${region}:${account}:key/${keyId}`,
      `arn:aws-x:kms:${region}:${account}:key/${keyId}`,
    ],
    ...[
      `arn:aws:kms:${region}:1:key/${keyId}`,
      `arn:aws:kms:${region}:${account}:key/${keyId.replace("0", "g")}`,
    ],
    ...[`arn:aws:kms:${region}:${account}:alias/x`, "alias/x", keyId, null],
  ],
  MinIndexRetention: [
    ...[
      "0d",
      "1d",
      "9d",
      "99d",
      "999d",
      "1000d",
      "2999d",
      "3000d",
      "3599d",
      "3600d",
      "3649d",
      "3650d",
      "3651d",
    ],
    ...[
      "3700d",
      "9999d",
      "23h",
      "24h",
      "29h",
      "30h",
      "99h",
      "100h",
      "7999h",
      "8000h",
      "79999h",
      "80000h",
      "86999h",
    ],
    ...["87000h", "87599h", "87600h", "87601h", "88000h", "01d", "1 d", "30D", "30", 30, null],
  ],
  NoMinIndexRetention: [true, false, "true", null],
  Rules: [{}, { ResourceType: "collection", Resource: ["collection/abc"] }],
  Unknown: [1],
  rules: [[]],
  ["__proto__"]: [{}],
};

const members = Object.keys(words);
const listMembers = ["Rules", "Resource", "Permission", "Principal", "SourceVPCEs", "SourceServices"];
const oddValues: readonly unknown[] = [null, true, false, 0, 1, -1.5, "", "x", [], {}, [null], [[]], ["x"]];

/** One change; the numbers choose among what the document has. */
interface Damage {
  readonly how: "word" | "odd" | "remove" | "add" | "add empty" | "wrap" | "unwrap" | "character";
  readonly member: number;
  readonly place: number;
  readonly word: number;
  readonly character: string;
}

const damage: fc.Arbitrary<Damage> = fc.record({
  how: fc.constantFrom("word", "word", "odd", "remove", "add", "add empty", "wrap", "unwrap", "character"),
  member: fc.nat(9999),
  place: fc.nat(9999),
  word: fc.nat(9999),
  character: fc.constantFrom("", "a", "A", "*", "/", "-", "0", " ", "\n", "é"),
});

/** A place in a document: what holds it, its key or index there, and the member it belongs to. */
interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
  readonly member: string;
}

function placesOf(value: unknown, member: string): Place[] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => {
    const inside = Array.isArray(value) ? member : key;
    return [{ holder, key, member: inside }, ...placesOf(holder[key], inside)];
  });
}

const pick = <T>(from: readonly T[], number: number): T | undefined =>
  from[number % Math.max(1, from.length)];

const wordFor = (member: string, number: number): unknown =>
  structuredClone(pick(words[member] ?? oddValues, number));

/** Members are chosen before places, so that a rare one is damaged as often as a frequent one. */
function damaged(document: unknown, { how, member, place, word, character }: Damage): unknown {
  const root = { document: structuredClone(document) };
  const places = placesOf(root, "document");
  const name = pick([...new Set(places.map((one) => one.member))], member);
  const chosen = pick(
    places.filter((one) => one.member === name),
    place,
  );
  if (!chosen) return document;
  const { holder, key } = chosen;
  const set = (at: string, value: unknown) =>
    Object.defineProperty(holder, at, { value, enumerable: true, configurable: true, writable: true });
  const before = holder[key];
  if (how === "word") set(key, wordFor(chosen.member, word));
  else if (how === "odd") set(key, structuredClone(pick(oddValues, word)));
  else if (how === "wrap") set(key, [before]);
  else if (how === "unwrap" && Array.isArray(before)) set(key, before[0] ?? null);
  else if (how === "character" && typeof before === "string") {
    const at = word % (before.length + 1);
    set(key, before.slice(0, at) + character + before.slice(at + 1));
  } else if (how === "remove" && Array.isArray(holder)) holder.splice(Number(key), 1);
  else if (how === "remove") delete holder[key];
  else if ((how === "add" || how === "add empty") && !Array.isArray(holder)) {
    const added = pick(members, word) ?? "Unknown";
    const value = how === "add empty" ? [] : wordFor(added, place);
    set(added, how === "add" && listMembers.includes(added) ? [value] : value);
  }
  return root.document ?? null;
}

/** A document of a kind with one to three changes, most of which AWS would refuse. */
export const damagedDocument = (kind: PolicyKind): fc.Arbitrary<unknown> =>
  fc
    .tuple(documents[kind] as fc.Arbitrary<unknown>, fc.array(damage, { minLength: 1, maxLength: 3 }))
    .map(([document, changes]) => changes.reduce(damaged, document));
