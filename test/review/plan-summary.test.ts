import { summarisePlan, symbolic } from "../../review";
import { parsePlan, parseSynthesizedConfig } from "../../terraform";

const config = parseSynthesizedConfig(
  JSON.stringify({
    resource: {
      aws_opensearchserverless_vpc_endpoint: {
        apps: {
          "//": { metadata: { path: "search/Default/apps/Default" } },
          name: "search-apps",
          security_group_ids: ["${aws_security_group.apps_group_1A2B3C4D.id}"],
          subnet_ids: ["subnet-2", "subnet-1"],
        },
      },
      aws_security_group: {
        apps_group_1A2B3C4D: {
          "//": { metadata: { path: "search/Default/apps/security-group/Default" } },
          name_prefix: "search-apps-",
        },
      },
      aws_opensearchserverless_security_policy: {
        policy: {
          name: "search",
          policy:
            '[{"Description":"costs $${5}","SourceVPCEs":["${aws_opensearchserverless_vpc_endpoint.apps.id}"]}]',
        },
      },
    },
  }),
  "cdk.tf.json",
);

interface Wanted {
  readonly address: string;
  readonly actions: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly [other: string]: unknown;
}

function changeOf({ address, ...change }: Wanted) {
  const [type, name] = address.split(".");
  return { address, mode: "managed", type, name, provider_name: "aws", change };
}

function summaryOf(changes: readonly Wanted[], drift: readonly Wanted[] = [], outputs = {}) {
  const plan = {
    format_version: "1.2",
    planned_values: { root_module: {} },
    resource_changes: changes.map(changeOf),
    resource_drift: drift.map(changeOf),
    output_changes: outputs,
  };
  return summarisePlan(parsePlan(JSON.stringify(plan), "plan.json"), config);
}

const endpoint = "aws_opensearchserverless_vpc_endpoint.apps";
const policy = "aws_opensearchserverless_security_policy.policy";

test("of a new resource only what the configuration says is shown, with ids to come by their constructs' names", () => {
  const { changes, counts } = summaryOf([
    {
      address: endpoint,
      actions: ["create"],
      before: null,
      after: {
        name: "search-apps",
        subnet_ids: ["subnet-2", "subnet-1"],
        timeouts: null,
        region: "eu-west-1",
      },
      after_unknown: { id: true, security_group_ids: true },
    },
  ]);
  expect(counts).toEqual({ add: 1, change: 0, destroy: 0 });
  expect(changes).toEqual([
    {
      address: endpoint,
      action: "create",
      attributes: [
        { name: "name", after: "search-apps", forcesReplacement: false },
        { name: "security_group_ids", after: "<id of apps/security-group>", forcesReplacement: false },
        { name: "subnet_ids", after: "subnet-1, subnet-2", forcesReplacement: false },
      ],
    },
  ]);
});

test("a replacement counts as one to add and one to destroy and says which attribute forces it", () => {
  const { changes, counts } = summaryOf([
    {
      address: endpoint,
      actions: ["delete", "create"],
      before: { id: "vpce-1", name: "old" },
      after: { name: "search-apps" },
      after_unknown: { id: true },
      replace_paths: [["name"]],
    },
  ]);
  expect(counts).toEqual({ add: 1, change: 0, destroy: 1 });
  expect(changes[0]?.action).toBe("replace");
  expect(changes[0]?.attributes).toEqual([
    { name: "name", before: "old", after: "search-apps", forcesReplacement: true },
  ]);
});

test("a policy that is known after apply is shown as configured, with the endpoint's name in place of its id", () => {
  const { changes } = summaryOf([
    {
      address: policy,
      actions: ["update"],
      before: { name: "search", policy: '[{"SourceVPCEs":["vpce-1"]}]' },
      after: { name: "search" },
      after_unknown: { policy: true, policy_version: true },
    },
  ]);
  expect(changes[0]?.attributes).toEqual([]);
  expect(changes[0]?.policy?.lines).toEqual([
    "  [",
    "    {",
    '-     "SourceVPCEs": [ "vpce-1" ]',
    '+     "Description": "costs ${5}",',
    '+     "SourceVPCEs": [ "<id of apps>" ]',
    "    }",
    "  ]",
  ]);
});

test("in a policy that gets one more endpoint, the ids that are known stay as they are", () => {
  const { changes } = summaryOf([
    { address: endpoint, actions: ["no-op"], before: { id: "vpce-1" }, after: { id: "vpce-1" } },
    {
      address: policy,
      actions: ["update"],
      before: { policy: '[{"Description":"old","SourceVPCEs":["vpce-1"]}]' },
      after: {},
      after_unknown: { policy: true },
    },
  ]);
  expect(changes[0]?.policy?.lines.filter((line) => line.includes("SourceVPCEs"))).toEqual([
    '      "SourceVPCEs": [ "vpce-1" ]',
  ]);
});

test("a resource that moves, and what is left of an unfinished replacement, are told from the resource itself", () => {
  const left = {
    ...changeOf({ address: endpoint, actions: ["delete"], before: {}, after: null }),
    deposed: "1a2b",
  };
  const moved = {
    ...changeOf({ address: policy, actions: ["no-op"], before: {}, after: {} }),
    previous_address: `${policy}_old`,
  };
  const plan = {
    format_version: "1.2",
    planned_values: { root_module: {} },
    resource_changes: [left, moved],
  };
  expect(summarisePlan(parsePlan(JSON.stringify(plan), "plan.json"), config).changes).toEqual([
    { address: `${endpoint} (deposed)`, action: "delete", attributes: [] },
    { address: policy, action: "move", movedFrom: `${policy}_old`, attributes: [] },
  ]);
});

test("a list that only changes its order is shown as it is", () => {
  const { changes } = summaryOf([
    { address: endpoint, actions: ["update"], before: { list: ["b", "a"] }, after: { list: ["a", "b"] } },
  ]);
  expect(changes[0]?.attributes).toEqual([
    { name: "list", before: '["b","a"]', after: '["a","b"]', forcesReplacement: false },
  ]);
});

test("sensitive values are never shown", () => {
  const summary = summaryOf([
    {
      address: endpoint,
      actions: ["update"],
      before: { name: "secret-one" },
      after: { name: "secret-two" },
      before_sensitive: { name: true },
      after_sensitive: { name: true },
    },
  ]);
  expect(JSON.stringify(summary)).not.toContain("secret");
  expect(summary.changes[0]?.attributes[0]).toMatchObject({ before: "(sensitive)", after: "(sensitive)" });
});

test("what does not change is left out; a resource that goes is shown without its attributes", () => {
  const { changes } = summaryOf([
    { address: endpoint, actions: ["no-op"], before: { name: "a" }, after: { name: "a" } },
    { address: policy, actions: ["delete"], before: { name: "a", policy: "[]" }, after: null },
  ]);
  expect(changes).toEqual([{ address: policy, action: "delete", attributes: [] }]);
});

test("drift is told for what the configuration says, not for what Terraform only read back", () => {
  const drifted = (address: string, before: unknown, after: unknown) => ({
    address,
    actions: ["update"],
    before,
    after,
  });
  const group = "aws_security_group.apps_group_1A2B3C4D";
  const { drift } = summaryOf(
    [],
    [
      drifted(group, { ingress: [] }, { ingress: [{ from_port: 443 }] }),
      drifted(endpoint, { subnet_ids: ["subnet-1"] }, { subnet_ids: ["subnet-1", "subnet-9"] }),
      { address: policy, actions: ["delete"], before: { name: "search" }, after: null },
    ],
  );
  expect(drift.map(({ address, action }) => `${action} ${address}`)).toEqual([
    `update ${endpoint}`,
    `delete ${policy}`,
  ]);
});

test("outputs that change are named", () => {
  const outputs = { ids: { actions: ["create"] }, names: { actions: ["no-op"] } };
  expect(summaryOf([], [], outputs).outputs).toEqual(["ids"]);
});

test("an expression is readable, and an escaped one is text", () => {
  expect(symbolic("${concat([aws_security_group.apps_group_1A2B3C4D.id], var.more)}", config)).toBe(
    "<concat([id of apps/security-group], var.more)>",
  );
  expect(symbolic('${data.aws_vpc.main.id} ${var.ids["a"]}', config)).toBe('<id of main> <var.ids["a"]>');
  expect(symbolic("${aws_vpc.main.id} and ${var.region} and $${x} and %%{y}", config)).toBe(
    "<id of main> and <var.region> and ${x} and %{y}",
  );
});
