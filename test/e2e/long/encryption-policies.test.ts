import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { type Encryption, EncryptionPolicies } from "../../../modules";
import { FaultSwitch, type Sandbox, startSandbox } from "../../../sandbox";
import { Terraform } from "../../../terraform";
import { describeWithTerraform } from "../../support/with-terraform";

const region = "eu-central-1";
// New policies of this key come before the full one by their names, which say nothing of who gives names to whom.
const kmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/00000000-89ab-cdef-0123-456789abcdef";

const named = (team: string, count: number) =>
  Array.from({ length: count }, (_, place) => `${team}-of-the-customers-${String(place).padStart(5, "0")}`);

describeWithTerraform("encryption policies, with the real Terraform and provider", () => {
  let outdir: string;
  let sandbox: Sandbox;
  let isInitialised: boolean;
  const faults = new FaultSwitch();

  beforeEach(async () => {
    outdir = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-encryption-"));
    sandbox = await startSandbox({ faults });
    isInitialised = false;
  });

  afterEach(async () => {
    faults.clear();
    await sandbox.close();
    rmSync(outdir, { recursive: true });
  });

  const terraform = () =>
    new Terraform({
      cwd: path.join(outdir, "stacks", "search"),
      env: { ...process.env, ...sandbox.environment(region) },
    });

  async function apply(encryptions: readonly Encryption[]): Promise<void> {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "search");
    new AwsProvider(stack, "aws", { region });
    stack.addOverride("terraform.required_providers.aws.version", ">= 5.100.0, < 7.0.0");
    new LocalBackend(stack, { path: path.join(outdir, "terraform.tfstate") });
    const keys = new EncryptionPolicies(stack, "keys");
    for (const encryption of encryptions) keys.encrypt(encryption);
    app.synth();
    if (!isInitialised) await terraform().init();
    isInitialised = true;
    await terraform().apply();
  }

  /** What AWS holds. */
  const inSandbox = () =>
    sandbox.contents().securityPolicies.map(({ document }) => {
      const { Rules, KmsARN } = document as {
        readonly Rules: readonly { readonly Resource: readonly string[] }[];
        readonly KmsARN?: string;
      };
      return { key: KmsARN, names: Rules.flatMap(({ Resource }) => Resource) };
    });
  const policiesOf = (key: string | undefined) => inSandbox().filter((policy) => policy.key === key);

  test("several that fill up, and empty, in one apply are changed in an order that AWS takes", async () => {
    // `"collection/orders-of-the-customers-00000",` are 43 bytes: 236 names fill a policy, 235 with the ARN of a key.
    const steps = [
      { ofAws: 150, ofOurs: 150, what: "one policy of each key" },
      { ofAws: 600, ofOurs: 400, what: "more" },
      { ofAws: 1000, ofOurs: 1000, what: "more again" },
      { ofAws: 600, ofOurs: 400, what: "fewer" },
      { ofAws: 150, ofOurs: 150, what: "one of each again" },
    ];
    for (const { ofAws, ofOurs, what } of steps) {
      // Whoever gives up names is late: nobody who takes them may go ahead.
      faults.set({
        version: 1,
        faults: ["aoss:UpdateSecurityPolicy", "aoss:DeleteSecurityPolicy"].map((on) => ({
          on,
          what: "throttle",
          times: 2,
        })),
      });
      await apply([
        { collections: named("orders", ofAws) },
        { collections: named("secrets", ofOurs), kmsKeyArn },
      ]);
      const names = (key?: string) => policiesOf(key).flatMap((policy) => policy.names);
      expect([what, names().sort()]).toEqual([
        what,
        named("orders", ofAws).map((name) => `collection/${name}`),
      ]);
      expect([what, names(kmsKeyArn).sort()]).toEqual([
        what,
        named("secrets", ofOurs).map((name) => `collection/${name}`),
      ]);
      for (const [key, count] of [
        [undefined, ofAws],
        [kmsKeyArn, ofOurs],
      ] as const) {
        if (count === 150) expect(policiesOf(key)).toHaveLength(1);
        else expect(policiesOf(key).length).toBeGreaterThan(count / 236);
      }
    }
    expect((await terraform().plan({ out: "plan.bin" })).isEmpty).toBe(true);
  });

  test("a name that gets another key may be refused once, and names that go both ways are until one goes first", async () => {
    await apply([{ collections: ["orders", "secrets"] }]);
    faults.set({
      version: 1,
      faults: [{ on: "aoss:UpdateSecurityPolicy", what: "throttle", times: 2 }],
    });
    const moved = [{ collections: ["orders"] }, { collections: ["secrets"], kmsKeyArn }];
    await expect(apply(moved)).rejects.toThrow("ConflictException");
    expect(inSandbox()).toEqual([{ key: undefined, names: ["collection/orders"] }]);
    await apply(moved);
    expect(policiesOf(undefined)).toEqual([{ key: undefined, names: ["collection/orders"] }]);
    expect(policiesOf(kmsKeyArn)).toEqual([{ key: kmsKeyArn, names: ["collection/secrets"] }]);

    const swapped = [{ collections: ["secrets"] }, { collections: ["orders"], kmsKeyArn }];
    await expect(apply(swapped)).rejects.toThrow("ConflictException");
    await expect(apply(swapped)).rejects.toThrow("ConflictException");
    const oneWay = [{ collections: ["orders", "secrets"], kmsKeyArn }];
    await apply(oneWay).catch(() => apply(oneWay));
    await apply(swapped).catch(() => apply(swapped));
    expect(policiesOf(undefined)).toEqual([{ key: undefined, names: ["collection/secrets"] }]);
    expect(policiesOf(kmsKeyArn)).toEqual([{ key: kmsKeyArn, names: ["collection/orders"] }]);
  });
});
