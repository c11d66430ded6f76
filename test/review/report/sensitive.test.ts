import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  type NamedReview,
  review,
  reviewHtml,
  reviewJunit,
  reviewMarkdown,
  reviewSarif,
  reviewsJson,
  reviewText,
  summarisePlan,
} from "../../../review";
import { parsePlan, parseSynthesizedConfig, SynthesizedConfig } from "../../../terraform";

/** Plans by the real provider, of which any value might have been sensitive. */
const cases = path.join(__dirname, "..", "corpus", "cases");
const names = readdirSync(cases).filter((name) => existsSync(path.join(cases, name, "plan.json")));

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const secret = "XyZzY";

const isObject = (value: unknown): value is { [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Every text in it says that it is a secret; in a policy, what it opens and to whom. */
function withSecrets(value: Json): Json {
  if (typeof value === "string") {
    if (value.startsWith("[{")) {
      return value
        .replace(/(collection|index|model|dashboard)\/[^"*/]*/g, `$1/${secret.toLowerCase()}-x`)
        .replace(/vpce-[0-9a-f]+/g, `vpce-${secret}`)
        .replace(/"(arn:[^"]*)"/g, `"arn:aws:iam::123456789012:role/${secret}"`)
        .replace(/"Description":"[^"]*"/g, `"Description":"${secret}"`);
    }
    return `${secret}-${value}`;
  }
  if (Array.isArray(value)) return value.map(withSecrets);
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withSecrets(one)]));
  return value;
}

/** One attribute of all resources is a secret and marked as such, wherever a plan tells of it. */
function withSensitive(plan: { [key: string]: Json }, attribute: string): { [key: string]: Json } {
  const marked = (marks: Json | undefined): Json => ({
    ...(isObject(marks) ? marks : {}),
    [attribute]: true,
  });
  const inValues = (resource: { [key: string]: Json }) => {
    const values = resource["values"];
    if (!isObject(values) || !(attribute in values)) return;
    values[attribute] = withSecrets(values[attribute] ?? null);
    resource["sensitive_values"] = marked(resource["sensitive_values"]);
  };
  const inModule = (module: Json | undefined): void => {
    if (!isObject(module)) return;
    for (const one of (module["resources"] ?? []) as { [key: string]: Json }[]) inValues(one);
    for (const child of (module["child_modules"] ?? []) as Json[]) inModule(child);
  };
  const copy = structuredClone(plan);
  const state = copy["prior_state"];
  for (const values of [copy["planned_values"], isObject(state) ? state["values"] : undefined]) {
    if (!isObject(values)) continue;
    inModule(values["root_module"]);
    values["outputs"] = { hidden: { sensitive: true, value: secret } };
  }
  const changes = [
    ...((copy["resource_changes"] ?? []) as Json[]),
    ...((copy["resource_drift"] ?? []) as Json[]),
  ];
  for (const one of changes) {
    const change = isObject(one) ? one["change"] : undefined;
    if (!isObject(change)) continue;
    for (const side of ["before", "after"]) {
      const values = change[side];
      if (!isObject(values) || !(attribute in values)) continue;
      values[attribute] = withSecrets(values[attribute] ?? null);
      change[`${side}_sensitive`] = marked(change[`${side}_sensitive`]);
    }
  }
  copy["variables"] = { hidden: { value: secret } };
  copy["output_changes"] = {
    hidden: {
      actions: ["update"],
      before: `${secret}1`,
      after: `${secret}2`,
      before_sensitive: true,
      after_sensitive: true,
    },
  };
  return copy;
}

/** How often an attribute has been tried, of a type of resource and what is done to it. */
const tried = new Map<string, number>();
const often = 4;

/** The attributes of a plan that have not been tried often enough in each such place. */
function attributesOf(plan: { [key: string]: Json }): string[] {
  const listed = (key: string) =>
    (plan[key] ?? []) as { type: string; change: { actions: string[]; before: Json; after: Json } }[];
  const places = [...listed("resource_changes"), ...listed("resource_drift")].flatMap(({ type, change }) =>
    [change.before, change.after]
      .flatMap((side) => (isObject(side) ? Object.keys(side) : []))
      .map((attribute) => ({ attribute, place: `${type} ${attribute} ${change.actions.join()}` })),
  );
  const untried = places.filter(({ place }) => (tried.get(place) ?? 0) < often);
  for (const place of new Set(untried.map((one) => one.place))) tried.set(place, (tried.get(place) ?? 0) + 1);
  return [...new Set(untried.map(({ attribute }) => attribute))].sort();
}

function allReports(text: string, config: SynthesizedConfig | undefined): Record<string, string> {
  const plan = parsePlan(text, "plan.json");
  const named: NamedReview[] = [{ name: "search", review: review({ plan, config, today: "2026-11-25" }) }];
  const [{ review: only }] = named as [NamedReview];
  return {
    text: reviewText("search", only, { color: false, verbose: true }),
    markdown: reviewMarkdown(named),
    sarif: JSON.stringify(reviewSarif(named)),
    junit: reviewJunit(named, { failOn: "error" }),
    json: JSON.stringify(reviewsJson(named)),
    // what the page's pictures are drawn of; drawing them for every attribute takes minutes
    matrices: JSON.stringify(only.change.scopes.map((one) => [one.matrixBefore, one.matrixAfter])),
    plan: JSON.stringify(summarisePlan(plan, config ?? new SynthesizedConfig([]))),
  };
}

test.each(names)("%s: what is marked as sensitive is in no report", (name) => {
  const plan = JSON.parse(readFileSync(path.join(cases, name, "plan.json"), "utf8"));
  const configFile = path.join(cases, name, "cdk.tf.json");
  const config = existsSync(configFile)
    ? parseSynthesizedConfig(readFileSync(configFile, "utf8"), configFile)
    : undefined;
  const leaks: string[] = [];
  for (const attribute of attributesOf(plan)) {
    const reports = allReports(JSON.stringify(withSensitive(plan, attribute)), config);
    for (const [format, report] of Object.entries(reports)) {
      const at = report.toLowerCase().indexOf(secret.toLowerCase());
      if (at >= 0) leaks.push(`${attribute} in ${format}: ${report.slice(Math.max(0, at - 80), at + 40)}`);
    }
  }
  expect(leaks).toEqual([]);
});

test("a policy that is sensitive is not drawn in the page either", async () => {
  const plan = JSON.parse(readFileSync(path.join(cases, "endpoint-renamed", "plan.json"), "utf8"));
  const read = parsePlan(JSON.stringify(withSensitive(plan, "policy")), "plan.json");
  const html = await reviewHtml([{ name: "search", review: review({ plan: read, today: "2026-11-25" }) }]);
  expect(html.toLowerCase()).not.toContain(secret.toLowerCase());
  expect(html).toContain("sensitive");
});

test("the same values without a mark are in the reports, so that the search finds what there is", () => {
  const plan = JSON.parse(readFileSync(path.join(cases, "endpoint-renamed", "plan.json"), "utf8"));
  const text = JSON.stringify(withSensitive(plan, "name")).replaceAll(
    /"(\w*sensitive\w*)":\{[^{}]*\}/g,
    '"$1":{}',
  );
  const reports = allReports(text, undefined);
  for (const [format, report] of Object.entries(reports))
    expect([format, report]).toEqual([format, expect.stringContaining(secret)]);
});
