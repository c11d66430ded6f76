import { readFileSync } from "node:fs";
import path from "node:path";
import { review } from "../../../review";
import { findingsDocument } from "../../../review/findings/documentation";
import { rules } from "../../../review/findings/rules";
import type { ResourceChange } from "../../../terraform";
import { planOf, unchanged } from "../change/plans";
import { apps, appsId, batchId, endpoint, network, networkPolicy, vpcId } from "../change/resources";
import { privateDnsCases } from "./private-dns-cases";
import { ruleCases as otherCases } from "./rule-cases";

const ruleCases = [...otherCases, ...privateDnsCases];
const today = "2026-11-25";
const of = (id: string, plan: (typeof ruleCases)[number]["found"]) =>
  review({ plan, today }).findings.filter((finding) => finding.id === id);

describe.each(ruleCases)("$id: $what", ({ id, found, passes, message, address, severity }) => {
  test("is found", () => {
    expect(of(id, found)).toMatchObject([{ message, ...(severity ? { severity } : {}) }]);
    expect(of(id, found)[0]?.address).toBe(address);
  });

  test("is not found without it", () => {
    expect(of(id, passes)).toEqual([]);
  });
});

describe("policy-grants-nothing looks at what other policies open", () => {
  const second = "aws_opensearchserverless_security_policy.dashboards";
  const withDashboards = (block: Parameters<typeof networkPolicy>[1]) =>
    planOf(
      unchanged({
        [apps]: endpoint(appsId),
        [network]: networkPolicy("orders", { collections: ["orders"], SourceVPCEs: [appsId] }),
        [second]: networkPolicy("dashboards", block),
      }),
    );
  const found = (block: Parameters<typeof networkPolicy>[1]) =>
    of("policy-grants-nothing", withDashboards(block)).map(({ address }) => address);

  test("dashboards of a pattern are those of a collection that another policy opens by its name", () => {
    expect(found({ dashboards: ["*"], SourceVPCEs: [appsId] })).toEqual([]);
  });

  test("public dashboards of a pattern are open to the endpoint that the collection is open to", () => {
    expect(found({ dashboards: ["ord*"], AllowFromPublic: true })).toEqual([]);
  });

  test("dashboards of a pattern that holds no open collection are nothing", () => {
    expect(found({ dashboards: ["logs-*"], SourceVPCEs: [appsId] })).toEqual([second]);
  });
});

describe("of an endpoint that is left over from a replacement", () => {
  const leftOver = { ...endpoint(batchId, { name: "old-apps" }) };
  const plan = (named: string) => {
    const whole = planOf(
      unchanged({
        [apps]: endpoint(appsId),
        [network]: networkPolicy("orders", { collections: ["orders"], SourceVPCEs: [named] }),
      }),
    );
    const [first] = whole.resource_changes.filter(({ address }) => address === apps) as [ResourceChange];
    const change = { actions: ["delete"] as const, before: leftOver, after: null };
    return {
      ...whole,
      resource_changes: [...whole.resource_changes, { ...first, deposed: "0a1b2c3d", change }],
    };
  };

  test("it is found that it is deleted where a policy still names it", () => {
    expect(of("endpoint-deleted", plan(batchId))).toMatchObject([
      {
        address: apps,
        severity: "error",
        message: `endpoint old-apps, left over from a replacement (${batchId}), is deleted: ${vpcId} no longer reaches orders through it`,
      },
    ]);
  });

  test("nothing is found where no policy names it", () => {
    expect(of("endpoint-deleted", plan(appsId))).toEqual([]);
  });
});

test("every rule has a case", () => {
  expect(rules.map(({ id }) => id).filter((id) => !ruleCases.some((one) => one.id === id))).toEqual([]);
});

test("docs/findings.md is what the rules say", () => {
  const file = path.join(__dirname, "../../../docs/findings.md");
  expect(readFileSync(file, "utf8")).toBe(findingsDocument());
});

test("ids, titles and remedies keep their form", () => {
  for (const { id, title, why, remedy } of rules) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(why).toMatch(/\.$/);
    expect(remedy).toMatch(/^[a-z].*[^.]$/);
  }
});
