import { type TerraformStack, TerraformVariable } from "cdktf";
import { LifecyclePolicy, RuleError } from "../../modules";
import { newStack, resourcesOf } from "../support/synthesized";

const policyOf = (stack: TerraformStack) =>
  Object.values(resourcesOf(stack)["aws_opensearchserverless_lifecycle_policy"] ?? {})[0] ?? {};

test("rules of one retention are one, and what has no days is kept for ever", () => {
  const stack = newStack();
  new LifecyclePolicy(stack, "logs", {
    rules: [
      { indexes: ["logs/web-*"], keepDays: 30 },
      { indexes: ["logs/audit"] },
      { indexes: ["logs/app-*", "logs/web-*"], keepDays: 30 },
    ],
  }).addRule({ indexes: ["metrics-*/*"], keepDays: 3650 });
  const { policy, ...rest } = policyOf(stack);
  expect(rest).toEqual({
    name: "search-logs",
    type: "retention",
    description: "Retention, kept by Terraform",
  });
  expect(JSON.parse(String(policy))).toEqual({
    Rules: [
      { MinIndexRetention: "30d", Resource: ["index/logs/app-*", "index/logs/web-*"], ResourceType: "index" },
      { MinIndexRetention: "3650d", Resource: ["index/metrics-*/*"], ResourceType: "index" },
      { NoMinIndexRetention: true, Resource: ["index/logs/audit"], ResourceType: "index" },
    ],
  });
});

describe("a rule is refused for", () => {
  test.each([
    ["no index", { indexes: [] }, "no index in a retention rule"],
    ["an index without its collection", { indexes: ["logs"] }, 'write "logs/*" for all indexes'],
    ["no day", { indexes: ["logs/*"], keepDays: 0 }, "keepDays: 0 given, 1 to 3650 whole days are allowed"],
    ["half a day", { indexes: ["logs/*"], keepDays: 1.5 }, "keepDays: 1.5 given"],
    [
      "more than ten years",
      { indexes: ["logs/*"], keepDays: 3651 },
      "leave it out to keep the data for ever",
    ],
  ])("%s", (_name, rule, message) => {
    const make = () => new LifecyclePolicy(newStack(), "logs", { rules: [rule] });
    expect(make).toThrow(RuleError);
    expect(make).toThrow(message);
    expect(make).toThrow(/^search\/logs: /);
  });

  test("days that only Terraform knows, which would not be seen to break the limits", () => {
    const stack = newStack();
    const keepDays = new TerraformVariable(stack, "days", { type: "number" }).numberValue;
    expect(() => new LifecyclePolicy(stack, "logs", { rules: [{ indexes: ["logs/*"], keepDays }] })).toThrow(
      "keepDays: a number that only Terraform knows cannot stand in a policy",
    );
  });
});

test("a policy without a rule is refused at the end of synthesis", () => {
  const stack = newStack();
  new LifecyclePolicy(stack, "logs");
  expect(() => resourcesOf(stack)).toThrow("[search/logs] the lifecycle policy has no rule; add a rule");
});
