import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { EncryptionPolicies } from "../../modules";
import { type Sandbox, startSandbox } from "../../sandbox";
import { Terraform } from "../../terraform";
import { describeWithTerraform } from "../support/with-terraform";

const region = "eu-central-1";

describeWithTerraform(
  "encryption policies that fill up and empty, with the real Terraform and provider",
  () => {
    const outdir = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-encryption-"));
    const folder = path.join(outdir, "stacks", "search");
    let sandbox: Sandbox;

    beforeAll(async () => {
      sandbox = await startSandbox();
    });

    afterAll(async () => {
      await sandbox.close();
      rmSync(outdir, { recursive: true });
    });

    const terraform = () =>
      new Terraform({ cwd: folder, env: { ...process.env, ...sandbox.environment(region) } });

    function synthesize(names: number): void {
      const app = new App({ outdir });
      const stack = new TerraformStack(app, "search");
      new AwsProvider(stack, "aws", { region });
      stack.addOverride("terraform.required_providers.aws.version", ">= 5.100.0, < 7.0.0");
      new LocalBackend(stack, { path: path.join(outdir, "terraform.tfstate") });
      const collections = Array.from({ length: names }, (_, place) => `collection-of-some-team-${place}`);
      new EncryptionPolicies(stack, "keys").encrypt({ collections });
      app.synth();
    }

    const inSandbox = () =>
      sandbox.contents().securityPolicies.map(({ document }) => {
        const { Rules } = document as { readonly Rules: readonly { readonly Resource: readonly string[] }[] };
        return Rules.flatMap(({ Resource }) => Resource);
      });

    // AWS takes no name that is still in another policy, and Terraform changes what does not depend on each other at once.
    test.each([
      [150, "in one policy"],
      [320, "in more, since one got full"],
      [900, "in more again"],
      [300, "in fewer again"],
      [150, "in one again"],
    ])("%i names are applied at the first try: %s", async (names) => {
      synthesize(names);
      await terraform().init();
      await terraform().apply();
      expect(new Set(inSandbox().flat()).size).toBe(names);
      expect(inSandbox().flat()).toHaveLength(names);
      if (names === 150) expect(inSandbox()).toHaveLength(1);
      else expect(inSandbox().length).toBeGreaterThan(1);
      expect((await terraform().plan({ out: "plan.bin" })).isEmpty).toBe(true);
    });
  },
);
