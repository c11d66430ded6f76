import { Testing } from "cdktf";
import fc from "fast-check";
import { inHclWords } from "../../../native/words";
import { type Sandbox, startSandbox } from "../../../sandbox";
import { type Problem, RuleError } from "../../../service";
import type { ResourceChange } from "../../../terraform";
import { asConstructs } from "../../native/as-constructs";
import { brokenHcl } from "../../native/broken-hcl";
import { broken } from "../../native/broken-inputs";
import { ManyModules } from "../../native/many-modules";
import type { ModuleInputs } from "../../native/module-inputs";
import { moduleInputs } from "../../native/random-inputs";
import { describeWithTerraform } from "../../support/with-terraform";

describeWithTerraform("the native module beside the constructs, with the real Terraform and provider", () => {
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

  test("plans the same resources with the same attributes for 100 random inputs", async () => {
    const cases = fc.sample(moduleInputs, { numRuns: 100, seed: 7 });
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
    const all = [...native.values()].flat();
    expect(all.length).toBeGreaterThan(1000);
    expect(all.filter((text) => text.includes('"policy": [')).length).toBeGreaterThan(100);
  }, 300_000);

  test("makes in AWS what the constructs make, for 8 random inputs: ids of endpoints in policies included", async () => {
    // Policies of endpoints that are made are known once they are; names are of one account here, so each has its own.
    const cases = fc
      .sample(moduleInputs, { numRuns: 40, seed: 5 })
      .filter(
        ({ vpc_id, endpoints, grants }) => (vpc_id ?? Object.keys(endpoints ?? {}).length) && grants?.length,
      )
      .slice(0, 8)
      .map(
        ({ policy_name: _policy, collections: _made, encryption: _keys, ...rest }, index): ModuleInputs => {
          const endpoints = Object.entries(rest.endpoints ?? {}).map(([key, { name: _name, ...one }]) => [
            key,
            one,
          ]);
          return { ...rest, name: `s${index}`, endpoints: Object.fromEntries(endpoints) };
        },
      );
    const made: unknown[] = [];
    for (const add of [
      (inputs: ModuleInputs) => modules.addNative(inputs.name, inputs),
      (inputs: ModuleInputs) => modules.addStack(inputs.name, asConstructs(inputs)),
    ]) {
      modules.removeAll();
      for (const inputs of cases) add(inputs);
      await modules.terraform().init();
      await modules.terraform().apply();
      made.push(told(sandbox.contents()));
      await modules.terraform().destroy();
    }
    expect(made[0]).toEqual(made[1]);
    expect(JSON.stringify(made[0]).match(/<endpoint s\d+-/g)?.length).toBeGreaterThan(20);
  }, 300_000);

  test("refuses what the constructs refuse, in the same words: a random input for each rule", async () => {
    const numbers = fc.sample(fc.nat(200), { numRuns: Object.keys(broken).length, seed: 11 });
    const wanted = Object.entries(broken).map(([rule, inputsOf], index): Refusal => {
      const inputs = inputsOf(numbers[index] ?? 0);
      return { rule, inputs, message: inHclWords(refusalOf(inputs)) };
    });
    expect(wanted.length).toBeGreaterThan(100);
    const onlyHere = brokenHcl.map(([message, inputs]): Refusal => ({ rule: "of HCL", inputs, message }));
    // Where one input breaks a rule, Terraform does not look at those on several: they are planned by themselves.
    const onSeveral = await untold(modules, "one", [...wanted, ...onlyHere]);
    expect(await untold(modules, "several", onSeveral)).toEqual([]);
  }, 300_000);
});

/** Endpoints, groups, rules and policies in AWS, by their names in place of ids. */
function told(contents: ReturnType<Sandbox["contents"]>): unknown {
  const {
    accessPolicies,
    interfaceEndpoints,
    lifecyclePolicies,
    securityGroups,
    securityPolicies,
    vpcEndpoints,
  } = contents;
  const names = new Map<string, string>([
    ...vpcEndpoints.map(({ id, name }) => [id, `<endpoint ${name}>`] as const),
    ...interfaceEndpoints.map(({ id, tags }) => [id, `<endpoint ${tags["Name"]}>`] as const),
    ...securityGroups.map(({ id, tags }) => [id, `<group ${tags["Name"]}>`] as const),
  ]);
  // Sets come in any order.
  const endpoints = [...vpcEndpoints, ...interfaceEndpoints].map((one) => ({
    id: one.id,
    vpcId: one.vpcId,
    subnetIds: [...one.subnetIds].sort(),
    securityGroupIds: one.securityGroupIds.map((id) => names.get(id) ?? id).sort(),
    tags: Object.entries(one.tags).sort(),
  }));
  const rules = contents.securityGroupRules.map(({ id: _id, ...rule }) => rule);
  const policies = [...securityPolicies, ...accessPolicies, ...lifecyclePolicies].map(
    ({ description, document, name, type }) => ({ description, document, name, type }),
  );
  return [...endpoints, ...rules, ...policies]
    .map((one) => JSON.stringify(one).replace(/\b(?:vpce|sg)-[0-9a-f]+\b/g, (id) => names.get(id) ?? id))
    .sort();
}

/** Inputs that are refused, and how. */
interface Refusal {
  readonly rule: string;
  readonly inputs: ModuleInputs;
  readonly message: string;
}

/** Plans all in one go; those whose message is not told as often as it is wanted are left. */
async function untold(modules: ManyModules, name: string, wanted: readonly Refusal[]): Promise<Refusal[]> {
  modules.removeAll();
  for (const [index, { inputs }] of wanted.entries()) modules.addNative(`${name}_${index}`, inputs);
  await modules.terraform().init();
  const diagnostics = await modules.planDiagnostics();
  const told = diagnostics.flatMap(({ detail = "" }) => detail.split("\n"));
  // The provider has a say too where the rules on several inputs are all that is broken.
  const usual = [
    "Invalid value for variable",
    "Module output value precondition failed",
    "Invalid Attribute Value",
    "Missing Configuration for Required Attribute",
  ];
  expect(diagnostics.filter(({ summary }) => !usual.includes(summary))).toEqual([]);
  return wanted.filter(({ message }) => {
    const at = told.findIndex((line) => line.includes(message));
    if (at >= 0) told.splice(at, 1);
    return at < 0;
  });
}

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

/** What the constructs say, without paths and what no module can work out: which permission was meant. */
function refusalOf(inputs: ModuleInputs): string {
  try {
    Testing.synth(asConstructs(inputs), true);
  } catch (error) {
    const [first = String(error)] =
      error instanceof RuleError ? [inOneLine(error.detail)] : validationsIn(String(error));
    return first
      .replace(/(already, |by |endpoint )search\//g, "$1")
      .replace(/; did you mean "aoss:\w+"\? allowed/, "; allowed");
  }
  return "not refused by the constructs";
}

const inOneLine = ({ problem, remedy }: Problem): string => `${problem}; ${remedy}`;

/** What is found at the end of synthesis, behind the path of a construct, and maybe another one. */
const validationsIn = (text: string): string[] =>
  [...text.matchAll(/^ {2}\[[^\]]*\] (?:search\/\S+: )?(.*)$/gm)].map(([, one = ""]) => one);
