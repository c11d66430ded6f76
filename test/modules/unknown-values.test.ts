import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { type TerraformStack, TerraformVariable } from "cdktf";
import {
  type DataAccessGrant,
  DataAccessPolicies,
  DataAccessPolicy,
  EncryptionPolicies,
  EncryptionPolicy,
  LifecyclePolicies,
  LifecyclePolicy,
  NetworkPolicies,
} from "../../modules";
import { newStack, resourcesOf } from "../support/synthesized";

const textsOf = (stack: TerraformStack): string[] =>
  Object.values(resourcesOf(stack))
    .flatMap((named) => Object.values(named))
    .flatMap(({ policy }) => (policy === undefined ? [] : [String(policy)]));

const variable = (stack: TerraformStack, name: string) =>
  new TerraformVariable(stack, name, { type: "string" }).stringValue;

/** Bytes of a policy whose expressions have all become texts of some length. */
const bytesWith = (text: string, lengths: Readonly<Record<string, number>>) =>
  Buffer.byteLength(
    text.replace(/\$\{([^}]+)\}/g, (_, expression: string) => "x".repeat(lengths[expression] ?? Number.NaN)),
  );

const reads: DataAccessGrant = {
  principals: ["arn:aws:iam::123456789012:role/reader"],
  indexes: ["orders/*"],
  indexPermissions: ["aoss:ReadDocument"],
};

type Given = (stack: TerraformStack) => Partial<DataAccessGrant>;

const assume = "{}";
// A collection's name has up to 64 characters, an index's 255 bytes, `aoss:DescribeCollectionItems` 28 and
// `aoss:DescribeSnapshot` 21; `arn:aws-us-gov:iam::000000000000:role` 37, a path 512 with the "/" at both ends, a
// role's name 64.
const inBoth: [string, Given, Record<string, number>][] = [
  [
    "the collection of an index",
    (stack) => ({ indexes: [`${variable(stack, "name")}/web-*`] }),
    { "var.name": 64 },
  ],
  [
    "the collection of an index, by a text before it",
    (stack) => ({ indexes: [`s${variable(stack, "name")}/web-*`] }),
    { "var.name": 63 },
  ],
  ["an index", (stack) => ({ indexes: [`orders/${variable(stack, "index")}`] }), { "var.index": 255 }],
  [
    "a prefix of indexes",
    (stack) => ({ indexes: [`orders/${variable(stack, "index")}*`] }),
    { "var.index": 254 },
  ],
  [
    "a collection and its index",
    (stack) => ({ indexes: [`${variable(stack, "name")}/${variable(stack, "index")}`] }),
    { "var.name": 64, "var.index": 255 },
  ],
  [
    "a collection and its index in one",
    (stack) => ({ indexes: [variable(stack, "both")] }),
    { "var.both": 64 + 1 + 255 },
  ],
  [
    "an expression with a slash in it",
    () => ({ indexes: [`\${element(split("/", "a/b"), 0)}/web-*`] }),
    { 'element(split("/", "a/b"), 0)': 64 },
  ],
  [
    "a collection",
    (stack) => ({
      collections: [variable(stack, "name")],
      collectionPermissions: ["aoss:*"],
      indexes: [],
      indexPermissions: [],
    }),
    { "var.name": 64 },
  ],
  [
    "permissions",
    (stack) => ({
      collections: ["orders"],
      collectionPermissions: [variable(stack, "administers")],
      indexes: [],
      indexPermissions: [],
    }),
    { "var.administers": 28 },
  ],
  [
    "permissions on indexes",
    (stack) => ({ indexPermissions: [variable(stack, "reads")] }),
    { "var.reads": 21 },
  ],
];

const onlyInSets: [string, Given, Record<string, number>][] = [
  ["a principal", (stack) => ({ principals: [variable(stack, "role")] }), { "var.role": 37 + 512 + 64 }],
  [
    "a role of the stack",
    (stack) => {
      const role = new IamRole(stack, "reader", {
        name: "reader",
        path: "/team/a/",
        assumeRolePolicy: assume,
      });
      return { principals: [role.arn] };
    },
    { "aws_iam_role.reader.arn": 37 + "/team/a/reader".length },
  ],
  [
    "a role of the stack whose name AWS makes",
    (stack) => ({ principals: [new IamRole(stack, "reader", { assumeRolePolicy: assume }).arn] }),
    { "aws_iam_role.reader.arn": 37 + 1 + 64 },
  ],
  [
    "a user of the stack whose path only Terraform knows",
    (stack) => ({
      principals: [new IamUser(stack, "ci", { name: "ci", path: variable(stack, "path") }).arn],
    }),
    { "aws_iam_user.ci.arn": 37 + 512 + 2 },
  ],
];

describe("what only Terraform knows is counted at its longest:", () => {
  test.each([...inBoth, ...onlyInSets])("%s, in data access policies", (_what, given, lengths) => {
    const synthesized = (description: number) => {
      const stack = newStack();
      const grant = { ...reads, ...given(stack), description: "d".repeat(description) };
      new DataAccessPolicies(stack, "data", { grants: [grant] });
      return textsOf(stack).map((text) => bytesWith(text, lengths));
    };
    const room = 10_240 - (synthesized(1)[0] ?? 0) + 1;
    expect(synthesized(room)).toEqual([10_240]);
    expect(() => synthesized(room + 1)).toThrow("takes 1 bytes too many");
  });

  test.each(inBoth)("%s, in one data access policy", (_what, given, lengths) => {
    const synthesized = (description: number) => {
      const stack = newStack();
      const grant = { ...reads, ...given(stack), description: "d".repeat(description) };
      new DataAccessPolicy(stack, "data", { grants: [grant] });
      return textsOf(stack).map((text) => bytesWith(text, lengths));
    };
    const room = 10_240 - (synthesized(1)[0] ?? 0) + 1;
    expect(synthesized(room)).toEqual([10_240]);
    expect(() => synthesized(room + 1)).toThrow("10241 bytes");
  });

  test("a principal in one data access policy, but for a path, which it could not make room for", () => {
    const synthesized = (description: number) => {
      const stack = newStack();
      const grant = { ...reads, principals: [variable(stack, "role")], description: "d".repeat(description) };
      new DataAccessPolicy(stack, "data", { grants: [grant] });
      return textsOf(stack).map((text) => bytesWith(text, { "var.role": 37 + 1 + 64 }));
    };
    const room = 10_240 - (synthesized(1)[0] ?? 0) + 1;
    expect(synthesized(room)).toEqual([10_240]);
    expect(() => synthesized(room + 1)).toThrow("10241 bytes");
  });

  test.each<[string, (stack: TerraformStack) => string, Record<string, number>]>([
    ["a collection", (stack) => `${variable(stack, "name")}/*`, { "var.name": 64 }],
    ["an index", (stack) => `logs/${variable(stack, "index")}`, { "var.index": 255 }],
  ])("%s, in lifecycle policies", (_what, given, lengths) => {
    const rules = (stack: TerraformStack, length: number) => [
      { indexes: [given(stack), `logs/${"i".repeat(length)}`], keepDays: 30 },
    ];
    const inSet = (length: number) => {
      const stack = newStack();
      new LifecyclePolicies(stack, "logs", { rules: rules(stack, length) });
      return textsOf(stack).map((text) => bytesWith(text, lengths));
    };
    const inOne = (length: number) => {
      const stack = newStack();
      new LifecyclePolicy(stack, "logs", { rules: rules(stack, length) });
      return textsOf(stack).map((text) => bytesWith(text, lengths));
    };
    const room = 10_240 - (inSet(1)[0] ?? 0) + 1;
    expect(inSet(room)).toEqual([10_240]);
    expect(inSet(room + 1)).toHaveLength(2);
    expect(inOne(room)).toEqual([10_240]);
    expect(() => inOne(room + 1)).toThrow("10241 bytes");
  });

  test("a collection, in encryption policies", () => {
    // `{"AWSOwnedKey":true,"Rules":[{"Resource":[` and `],"ResourceType":"collection"}]}` are 74 bytes; a name of 64
    // characters takes 78 as `"collection/…",`, the last name no comma: 130 of those leave 27, a name of 13.
    const collections = (stack: TerraformStack, last: number) => [
      variable(stack, "name"),
      ...Array.from({ length: 129 }, (_, place) => `n${String(place).padStart(63, "0")}`),
      "z".repeat(last),
    ];
    const inSet = (last: number) => {
      const stack = newStack();
      new EncryptionPolicies(stack, "keys").encrypt({ collections: collections(stack, last) });
      return textsOf(stack).map((text) => bytesWith(text, { "var.name": 64 }));
    };
    const inOne = (last: number) => {
      const stack = newStack();
      new EncryptionPolicy(stack, "keys", { collections: collections(stack, last) });
      return textsOf(stack).map((text) => bytesWith(text, { "var.name": 64 }));
    };
    expect([inSet(13), inOne(13)]).toEqual([[10_240], [10_240]]);
    expect(inSet(14).length).toBeGreaterThan(1);
    expect(() => inOne(14)).toThrow("10241 bytes");
  });

  test("a KMS key, in encryption policies", () => {
    // As above, with `"AWSOwnedKey":false,"KmsARN":"…"` and 100 characters of ARN: 113 bytes more, 128 names of 64
    // characters leave 70.
    const synthesized = (last: number) => {
      const stack = newStack();
      new EncryptionPolicies(stack, "keys").encrypt({
        collections: [
          ...Array.from({ length: 128 }, (_, place) => `n${String(place).padStart(63, "0")}`),
          "z".repeat(last),
        ],
        kmsKeyArn: variable(stack, "key"),
      });
      return textsOf(stack).map((text) => bytesWith(text, { "var.key": 100 }));
    };
    expect(synthesized(56)).toEqual([10_240]);
    expect(synthesized(57).length).toBeGreaterThan(1);
  });

  test("a service, as the longest that AWS documents, in network policies", () => {
    const synthesized = (description: number) => {
      const stack = newStack();
      new NetworkPolicies(stack, "network", {
        grants: [
          {
            collections: ["orders"],
            services: [variable(stack, "service")],
            description: "d".repeat(description),
          },
        ],
      });
      return textsOf(stack).map((text) =>
        bytesWith(text, { "var.service": "application.opensearchservice.amazonaws.com".length }),
      );
    };
    const room = 10_240 - (synthesized(1)[0] ?? 0) + 1;
    expect(synthesized(room)).toEqual([10_240]);
    expect(() => synthesized(room + 1)).toThrow("1 too many");
  });
});
