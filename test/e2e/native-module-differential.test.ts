import fc from "fast-check";
import { type Sandbox, startSandbox } from "../../sandbox";
import type { ResourceChange } from "../../terraform";
import { asConstructs } from "../native/as-constructs";
import { ManyModules } from "../native/many-modules";
import { moduleInputs } from "../native/random-inputs";
import { describeWithTerraform } from "../support/with-terraform";

describeWithTerraform(
  "the native module beside the constructs, planned by the real Terraform and provider",
  () => {
    let sandbox: Sandbox;
    let modules: ManyModules;

    beforeEach(async () => {
      sandbox = await startSandbox({ openWorld: true });
      modules = new ManyModules(sandbox.environment("eu-central-1"));
    });

    afterEach(async () => {
      modules.remove();
      await sandbox.close();
    });

    test("plans the same resources with the same attributes for 120 random inputs", async () => {
      const cases = fc.sample(moduleInputs, { numRuns: 120, seed: 7 });
      for (const [index, inputs] of cases.entries()) {
        modules.addNative(`c${index}`, inputs);
        modules.addStack(`c${index}`, asConstructs(inputs));
      }
      const terraform = modules.terraform();
      await terraform.init();
      await terraform.plan({ out: "plan.bin" });
      const { resource_changes: changes } = await terraform.show("plan.bin");
      const native = resourcesByCase(changes, /^module\.native\["(\w+)"\]\./);
      const constructs = resourcesByCase(changes, /^\w+\.(c\d+)_/);
      for (const [index, inputs] of cases.entries()) {
        const [planned, wanted] = [native, constructs].map((one) => one.get(`c${index}`) ?? []);
        expect({ inputs, planned }).toEqual({ inputs, planned: wanted });
      }
      expect([...native.values()].flat().length).toBeGreaterThan(1000);
    }, 300_000);
  },
);

/** What is planned for each case, without addresses, in an order of its own. */
function resourcesByCase(changes: readonly ResourceChange[], pattern: RegExp): Map<string, string[]> {
  const byCase = new Map<string, string[]>();
  for (const { address, change, mode, type } of changes) {
    const key = pattern.exec(address)?.[1];
    if (mode === "data" || key === undefined) continue;
    const text = JSON.stringify([type, attributes(change.after), change.after_unknown], undefined, 1);
    byCase.set(key, [...(byCase.get(key) ?? []), text].sort());
  }
  return byCase;
}

/** Policies are compared as JSON: texts may escape characters or not. */
function attributes(after: unknown): unknown {
  const { policy, ...rest } = after as Readonly<Record<string, unknown>>;
  return typeof policy === "string" ? { ...rest, policy: JSON.parse(policy) } : after;
}
