import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { EncryptionPolicy, NetworkPolicy, RuleError } from "../../modules";
import { newStack, resourcesOf } from "../support/synthesized";

const kmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000001";

const policiesOf = (stack: TerraformStack) =>
  resourcesOf(stack)["aws_opensearchserverless_security_policy"] ?? {};

test("without a key collections are encrypted with the one that AWS owns", () => {
  const stack = newStack();
  new EncryptionPolicy(stack, "keys", { collections: ["orders", "logs-*", "orders"] });
  expect(policiesOf(stack)["keys"]).toEqual({
    name: "search-keys",
    type: "encryption",
    description: "Encryption, kept by Terraform",
    policy:
      '{"AWSOwnedKey":true,"Rules":[{"Resource":["collection/logs-*","collection/orders"],"ResourceType":"collection"}]}',
  });
});

test("a KMS key is named, and that it is not AWS's own", () => {
  const stack = newStack();
  new EncryptionPolicy(stack, "keys", { collections: ["orders"], kmsKeyArn, name: "orders-key" });
  expect(policiesOf(stack)["keys"]).toMatchObject({
    name: "orders-key",
    policy: `{"AWSOwnedKey":false,"KmsARN":"${kmsKeyArn}","Rules":[{"Resource":["collection/orders"],"ResourceType":"collection"}]}`,
  });
});

test("a key and a name that only Terraform knows pass, and stand in the policy as expressions", () => {
  const stack = newStack();
  const [key, name] = ["key", "name"].map(
    (id) => new TerraformVariable(stack, id, { type: "string" }).stringValue,
  );
  new EncryptionPolicy(stack, "keys", { collections: [String(name)], kmsKeyArn: String(key) });
  expect(policiesOf(stack)["keys"]?.["policy"]).toBe(
    '{"AWSOwnedKey":false,"KmsARN":"${var.key}","Rules":[{"Resource":["collection/${var.name}"],"ResourceType":"collection"}]}',
  );
});

describe("refused at construction, with the construct's path:", () => {
  test.each([
    ["no collection", { collections: [] }, "no collection is named"],
    ["a short prefix", { collections: ["lo*"] }, "a prefix has at least 3 characters"],
    [
      "the alias of a key",
      { collections: ["orders"], kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:alias/orders" },
      "an alias is not taken",
    ],
    [
      "a key of another Region",
      { collections: ["orders"], kmsKeyArn: kmsKeyArn.replace("eu-central-1", "eu-west-1") },
      "is a key of eu-west-1, the policy is of eu-central-1; give a key of eu-central-1",
    ],
    ["a name with capitals", { collections: ["orders"], name: "Keys" }, 'only a-z, 0-9 and "-" are allowed'],
    ["an empty description", { collections: ["orders"], description: "" }, "0 characters, 1 to 1,000"],
  ])("%s", (_name, props, message) => {
    const make = () => new EncryptionPolicy(newStack(), "keys", props);
    expect(make).toThrow(RuleError);
    expect(make).toThrow(message);
    expect(make).toThrow(/^search\/keys: /);
  });
});

describe("refused at the end of synthesis:", () => {
  test("a key of another Region, where the provider comes after the policy", () => {
    const stack = new TerraformStack(Testing.app(), "search");
    new EncryptionPolicy(stack, "keys", { collections: ["orders"], kmsKeyArn });
    new AwsProvider(stack, "aws", { region: "eu-west-1" });
    expect(() => resourcesOf(stack)).toThrow("is a key of eu-central-1, the policy is of eu-west-1");
  });

  const inStacks = (...regions: string[]) => {
    const app = Testing.app();
    return regions.map((region, index) => {
      const stack = new TerraformStack(app, `stack-${index}`);
      new AwsProvider(stack, "aws", { region });
      new EncryptionPolicy(stack, "keys", { collections: ["orders", "logs-*"] });
      return stack;
    }) as [TerraformStack, TerraformStack];
  };

  test("one pattern in two policies of an account and Region, told once and with both", () => {
    const [first, second] = inStacks("eu-central-1", "eu-central-1");
    expect(() => resourcesOf(first)).not.toThrow();
    expect(() => resourcesOf(second)).toThrow(
      'collection "logs-*" is in two encryption policies, stack-0/keys and stack-1/keys; leave it out of one',
    );
  });

  test("but not in two Regions, nor two patterns that overlap", () => {
    for (const stack of inStacks("eu-central-1", "eu-west-1")) {
      expect(() => resourcesOf(stack)).not.toThrow();
    }
    const stack = newStack();
    new EncryptionPolicy(stack, "one", { collections: ["orders"] });
    new EncryptionPolicy(stack, "two", { collections: ["orders*", "ord*", "*"] });
    expect(Object.keys(policiesOf(stack))).toEqual(["one", "two"]);
  });

  test("a 151st policy in an account and Region", () => {
    const stack = newStack();
    for (let one = 0; one < 151; one += 1) {
      new EncryptionPolicy(stack, `p${one}`, { collections: [`orders-${one}`] });
    }
    expect(() => resourcesOf(stack)).toThrow(
      "more than 150 encryption policies in one account, eu-central-1, search/p150 is the first too many; let collections share policies, as PrivateAccess does",
    );
  });

  test("a network policy may have the name of an encryption policy, a second encryption policy may not", () => {
    const stack = newStack();
    new EncryptionPolicy(stack, "one", { collections: ["orders"], name: "same" });
    const grants = [{ collections: ["orders"], from: ["vpce-11111111"] }];
    new NetworkPolicy(stack, "network", { name: "same", grants });
    expect(() => resourcesOf(stack)).not.toThrow();
    new EncryptionPolicy(stack, "two", { collections: ["logs"], name: "same" });
    expect(() => resourcesOf(stack)).toThrow('encryption policy name "same" is used already, by search/one');
  });

  test("a policy over 10,240 bytes, with a key that is not known yet at its longest", () => {
    const around = '{"AWSOwnedKey":false,"KmsARN":"","Rules":[{"Resource":[],"ResourceType":"collection"}]}'
      .length;
    const names = (count: number) =>
      Array.from({ length: count }, (_, n) => String(1000 + n)).map((n) => `c${n}`);
    const bytes = (count: number) => around + 100 + count * '"collection/c1000",'.length - 1;
    const fits = Math.floor((10_240 - around - 100 + 1) / '"collection/c1000",'.length);
    const withCollections = (count: number) => {
      const stack = newStack();
      const key = new TerraformVariable(stack, "key", { type: "string" }).stringValue;
      new EncryptionPolicy(stack, "keys", { collections: names(count), kmsKeyArn: key });
      return stack;
    };
    expect(() => resourcesOf(withCollections(fits))).not.toThrow();
    expect(() => resourcesOf(withCollections(fits + 1))).toThrow(
      `the encryption policy would take ${bytes(fits + 1)} bytes, AWS takes 10240`,
    );
  });
});
