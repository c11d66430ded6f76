import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  App,
  Aspects,
  LocalBackend,
  TerraformOutput,
  TerraformResource,
  TerraformStack,
  TerraformVariable,
  Testing,
} from "cdktf";
import type { Grant } from "../../modules";
import { InterfaceEndpoint, NetworkPolicies, NetworkPolicy, RuleError } from "../../modules";
import { newStack, resourcesOf } from "../support/synthesized";

const endpoint = "vpce-0a1b2c3d4e5f60731";

/** Grants of which at most 11 fit into one policy: each takes a block of about 900 bytes. */
const bigGrant = (index: number, from: Grant["from"] = [endpoint]): Grant => ({
  collections: [`orders-${String(index).padStart(4, "0")}`],
  from,
  description: `${String(index).padStart(4, "0")} ${"d".repeat(760)}`,
});

const bigGrants = (count: number, from?: Grant["from"]) =>
  Array.from({ length: count }, (_, index) => bigGrant(index, from));

const policiesOf = (stack: TerraformStack) =>
  resourcesOf(stack)["aws_opensearchserverless_security_policy"] ?? {};

interface Block {
  readonly AllowFromPublic: boolean;
  readonly Rules: readonly { readonly Resource: readonly string[] }[];
  readonly SourceVPCEs: readonly string[];
}

const blocksOf = (policies: Record<string, Record<string, unknown>>): Block[] =>
  Object.values(policies).flatMap(({ policy }) => JSON.parse(String(policy)) as Block[]);

test("grants that fit into one policy are one, under the name and address of the set", () => {
  const stack = newStack();
  new NetworkPolicies(stack, "policy", { grants: bigGrants(3), description: "orders" });
  const { policy, ...others } = policiesOf(stack);
  expect(others).toEqual({});
  expect(policy).toMatchObject({ name: "search-policy", type: "network", description: "orders" });
});

test("grants that do not are several within 10,240 bytes, that give the same access", () => {
  const stack = newStack();
  new NetworkPolicies(stack, "policy", { grants: bigGrants(100) });
  const policies = policiesOf(stack);
  const names = Object.keys(policies);
  // 100 blocks of 926 bytes and their commas are 92,700 bytes, 9.05 times what a policy takes.
  expect(names.length).toBeGreaterThanOrEqual(10);
  expect(names.length).toBeLessThanOrEqual(13);
  expect(policies["policy"]?.["name"]).toBe("search-policy");
  for (const [address, { name, policy }] of Object.entries(policies)) {
    expect(Buffer.byteLength(String(policy))).toBeLessThanOrEqual(10_240);
    if (address === "policy") continue;
    const slot = /^policy_([a-z0-9-]{1,12})$/.exec(address)?.[1];
    expect(name).toBe(`search-policy-${slot}`);
  }
  const granted = blocksOf(policies).flatMap(({ Rules }) => Rules.flatMap(({ Resource }) => Resource));
  expect(granted.sort()).toEqual(
    Array.from({ length: 100 }, (_, index) => `collection/orders-${String(index).padStart(4, "0")}`),
  );
  expect(blocksOf(policies).every((block) => !block.AllowFromPublic)).toBe(true);
});

/** The texts of a set's policies, by address. */
const textsWith = (count: number) => {
  const stack = newStack();
  new NetworkPolicies(stack, "policy", { grants: bigGrants(count) });
  return new Map(Object.entries(policiesOf(stack)).map(([address, { policy }]) => [address, policy]));
};

test("one more grant changes at most two policies that were there", () => {
  const before = textsWith(60);
  const after = textsWith(61);
  const changed = [...before].filter(([address, text]) => after.get(address) !== text);
  expect(changed.length).toBeGreaterThanOrEqual(1);
  expect(changed.length).toBeLessThanOrEqual(2);
});

test("a long name and a slot are shortened to a name that AWS takes", () => {
  const stack = newStack();
  const name = "a-name-of-thirty-two-characters-";
  expect(name).toHaveLength(32);
  new NetworkPolicies(stack, "policy", { name, grants: bigGrants(100) });
  const names = Object.values(policiesOf(stack)).map((policy) => String(policy["name"]));
  expect(names).toContain(name);
  expect(new Set(names).size).toBe(names.length);
  for (const each of names) expect(each).toMatch(/^[a-z][a-z0-9-]{2,31}$/);
});

test("a name that only Terraform knows is continued by the slot", () => {
  const stack = newStack();
  const name = new TerraformVariable(stack, "name", { type: "string" }).stringValue;
  new NetworkPolicies(stack, "policy", { name, grants: bigGrants(30) });
  const names = Object.values(policiesOf(stack)).map((policy) => String(policy["name"]));
  expect(names).toContain("${var.name}");
  expect(names.filter((each) => /^\$\{var\.name\}-[a-z0-9-]+$/.test(each)).length).toBe(names.length - 1);
});

test("the policies are there however a stack is synthesized, once, and seen by aspects", () => {
  const outdir = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-synth-"));
  try {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "search");
    new AwsProvider(stack, "aws", { region: "eu-central-1" });
    new NetworkPolicies(stack, "policy", { grants: bigGrants(30) });
    const seen: string[] = [];
    Aspects.of(stack).add({
      visit: (node) => {
        if (TerraformResource.isTerraformResource(node)) seen.push(node.friendlyUniqueId);
      },
    });
    const written = () => readFileSync(path.join(outdir, "stacks", "search", "cdk.tf.json"), "utf8");
    app.synth();
    const once = written();
    const addresses = Object.keys(JSON.parse(once).resource.aws_opensearchserverless_security_policy);
    expect(addresses.length).toBeGreaterThanOrEqual(3);
    expect([...seen].sort()).toEqual([...addresses].sort());
    app.synth();
    expect(written()).toBe(once);
    expect(Object.keys(policiesOf(stack))).toEqual(addresses);
  } finally {
    rmSync(outdir, { recursive: true });
  }
  const text = Testing.synthScope((scope) => {
    new NetworkPolicies(scope, "policy", { grants: bigGrants(1) });
  });
  expect(Object.keys(JSON.parse(text).resource.aws_opensearchserverless_security_policy)).toEqual(["policy"]);
});

test("grants that come after a synthesis are in the next one, as if they had been there from the start", () => {
  const stack = newStack();
  const set = new NetworkPolicies(stack, "policy");
  for (let count = 1; count <= 80; count += 1) {
    set.addGrant(bigGrant(count - 1));
    const texts = Object.entries(policiesOf(stack)).map(([address, { policy }]) => [address, policy]);
    expect(new Map(texts as [string, string][])).toEqual(textsWith(count));
  }
});

test("without a grant there is no policy", () => {
  const stack = newStack();
  new NetworkPolicies(stack, "policy");
  expect(policiesOf(stack)).toEqual({});
});

test("the names of all policies can be an output", () => {
  const stack = newStack();
  const set = new NetworkPolicies(stack, "policy");
  new TerraformOutput(stack, "names", { value: set.policyNames });
  for (const grant of bigGrants(30)) set.addGrant(grant);
  const names = Object.values(policiesOf(stack)).map((policy) => policy["name"]);
  const { output } = JSON.parse(Testing.synth(stack)) as { output: { names: { value: string[] } } };
  expect(output.names.value.length).toBeGreaterThanOrEqual(3);
  expect([...output.names.value].sort()).toEqual([...names].sort());
});

describe("ids that are not known yet", () => {
  const unknownIds = (stack: TerraformStack) =>
    new InterfaceEndpoint(stack, "apps", {
      vpcId: "vpc-0a1b2c3d4e5f60718",
      subnetIds: ["subnet-0a1b2c3d4e5f60711"],
      securityGroupIds: ["sg-0a1b2c3d4e5f60713"],
    });
  const longest = (text: string) =>
    text.replaceAll("${aws_opensearchserverless_vpc_endpoint.apps.id}", `vpce-${"0".repeat(20)}`);

  test("count at their longest", () => {
    const stack = newStack();
    const from = [unknownIds(stack)];
    new NetworkPolicies(stack, "policy", { grants: bigGrants(100, from) });
    const sizes = Object.values(policiesOf(stack)).map(({ policy }) =>
      Buffer.byteLength(longest(String(policy))),
    );
    expect(Math.max(...sizes)).toBeLessThanOrEqual(10_240);
    expect(blocksOf(policiesOf(stack))[0]?.SourceVPCEs).toEqual([
      "${aws_opensearchserverless_vpc_endpoint.apps.id}",
    ]);
  });

  test("and names of collections count at 64 characters", () => {
    const block = {
      AllowFromPublic: false,
      Description: "",
      Rules: [{ Resource: [`collection/${"c".repeat(64)}`], ResourceType: "collection" }],
      SourceVPCEs: [endpoint],
    };
    const room = 10_240 - JSON.stringify([block]).length;
    const synthesized = (description: string) => {
      const stack = newStack();
      const name = new TerraformVariable(stack, "name", { type: "string" }).stringValue;
      new NetworkPolicies(stack, "policy", {
        grants: [{ collections: [name], from: [endpoint], description }],
      });
      return () => policiesOf(stack);
    };
    expect(synthesized("d".repeat(room))).not.toThrow();
    expect(synthesized("d".repeat(room + 1))).toThrow("search/policy");
  });

  test("have no influence on the order by how many tokens were made before", () => {
    const textsAfter = (others: number) => {
      const stack = newStack();
      const from = [unknownIds(stack)];
      for (let index = 0; index < others; index += 1) new TerraformVariable(stack, `v${index}`, {}).value;
      new NetworkPolicies(stack, "policy", { grants: bigGrants(30, from) });
      return policiesOf(stack);
    };
    expect(textsAfter(7)).toEqual(textsAfter(0));
  });
});

test("endpoints of another stack are named through its outputs, the same on any machine", () => {
  const synthesized = () => {
    const outdir = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-stacks-"));
    try {
      const app = new App({ outdir });
      const [network, search] = ["network", "search"].map((name) => {
        const stack = new TerraformStack(app, name);
        new AwsProvider(stack, "aws", { region: "eu-central-1" });
        new LocalBackend(stack, { path: `../../../terraform.${name}.tfstate` });
        return stack;
      }) as [TerraformStack, TerraformStack];
      const apps = new InterfaceEndpoint(network, "apps", {
        vpcId: "vpc-0a1b2c3d4e5f60718",
        subnetIds: ["subnet-0a1b2c3d4e5f60711"],
        securityGroupIds: ["sg-0a1b2c3d4e5f60713"],
      });
      new NetworkPolicies(search, "policy", { grants: bigGrants(30, [apps, endpoint]) });
      app.synth();
      const stacks = path.join(outdir, "stacks");
      return Object.fromEntries(
        readdirSync(stacks).map((name) => [
          name,
          readFileSync(path.join(stacks, name, "cdk.tf.json"), "utf8"),
        ]),
      );
    } finally {
      rmSync(outdir, { recursive: true });
    }
  };
  const files = synthesized();
  expect(synthesized()).toEqual(files);
  const { network, search } = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, JSON.parse(text)]),
  );
  const [output] = Object.entries(network.output as Record<string, { value: string }>);
  expect(output?.[1].value).toBe("${aws_opensearchserverless_vpc_endpoint.apps.id}");
  expect(search.data.terraform_remote_state["cross-stack-reference-input-network"]).toMatchObject({
    backend: "local",
    config: { path: "../../../terraform.network.tfstate" },
  });
  const policies = search.resource.aws_opensearchserverless_security_policy as Record<
    string,
    Record<string, unknown>
  >;
  const reference = `\${data.terraform_remote_state.cross-stack-reference-input-network.outputs.${output?.[0]}}`;
  for (const { SourceVPCEs } of blocksOf(policies)) expect(SourceVPCEs).toEqual([reference, endpoint]);
  for (const { policy } of Object.values(policies)) {
    const counted = String(policy).replaceAll(reference, `vpce-${"0".repeat(20)}`);
    expect(Buffer.byteLength(counted)).toBeLessThanOrEqual(10_240);
  }
  for (const text of Object.values(files)) {
    expect(text).not.toContain(tmpdir());
    expect(text).not.toContain(process.cwd());
  }
});

describe("refused:", () => {
  test("a grant that AWS would not take, where it is added", () => {
    const set = new NetworkPolicies(newStack(), "policy");
    expect(() => set.addGrant({ collections: ["lo*"], from: [endpoint] })).toThrow(RuleError);
    expect(() => set.addGrant({ collections: [], from: [endpoint] })).toThrow(
      "search/policy: no collection is granted",
    );
  });

  test("a grant that fits into no policy, at the end of synthesis, also where validations are skipped", () => {
    const stack = newStack();
    const description = "d".repeat(10_300);
    new NetworkPolicies(stack, "policy", {
      grants: [{ collections: ["orders"], from: [endpoint], description }],
    });
    expect(() => resourcesOf(stack)).toThrow(/\[search\/policy\] .*10,?240/);
    expect(() => Testing.synth(stack)).toThrow(/search\/policy: .*10,?240/);
  });

  test("a name that another policy of the account and Region has", () => {
    const stack = newStack();
    new NetworkPolicies(stack, "one", { name: "same", grants: bigGrants(1) });
    new NetworkPolicy(stack, "two", { name: "same", grants: bigGrants(1) });
    expect(() => resourcesOf(stack)).toThrow('network policy name "same" is used already, by search/one');
  });

  test("more than 500 policies in an account and Region, over all stacks, told once", () => {
    const app = Testing.app();
    const [first, second] = ["first", "second"].map((name) => {
      const stack = new TerraformStack(app, name);
      new AwsProvider(stack, "aws", { region: "eu-west-1", allowedAccountIds: ["123456789012"] });
      const description = "d".repeat(4000);
      new NetworkPolicies(stack, "policy", {
        grants: Array.from({ length: 600 }, (_, index) => ({
          collections: [`orders-${index}`],
          from: [endpoint],
          description: `${index} ${description}`,
        })),
      });
      return stack;
    }) as [TerraformStack, TerraformStack];
    // Two blocks of 4,000 bytes fit into a policy, so each stack takes at least 300.
    expect(Object.keys(policiesOf(first)).length).toBeGreaterThanOrEqual(300);
    expect(() => resourcesOf(second)).toThrow(
      "more than 500 network policies in account 123456789012, eu-west-1, second/policy is the first too many",
    );
  });
});
