import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { review, reviewMarkdown, reviewSarif, reviewsJson, reviewText } from "../../../review";
import { parsePlan, TerraformError } from "../../../terraform";

const cases = path.join(__dirname, "..", "corpus", "cases");
const names = readdirSync(cases).filter((name) => existsSync(path.join(cases, name, "plan.json")));

/** Where values stand in a plan: as lists of keys. */
function placesIn(value: unknown, at: readonly (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [[...at]];
  return [[...at], ...Object.entries(value).flatMap(([key, one]) => placesIn(one, [...at, key]))];
}

function put(root: unknown, [key = "", ...rest]: readonly (string | number)[], value: unknown): void {
  const object = root as Record<string | number, unknown>;
  if (typeof object !== "object" || object === null) return;
  if (rest.length > 0) put(object[key], rest, value);
  else if (value === undefined) delete object[key];
  else object[key] = value;
}

const odd = fc.constantFrom<unknown[]>(
  ...[
    undefined,
    null,
    true,
    0,
    -1,
    "",
    "x",
    "null",
    "[]",
    "{}",
    '[{"Rules":null}]',
    '["a"]',
    "<id of x>",
    "${a.b}",
  ],
  ...[
    [],
    {},
    [null],
    [[]],
    [{}],
    { a: null },
    ["", ""],
    "*".repeat(50),
    "collection/*",
    "10.0.0.0/99",
    1e308,
  ],
);

test("a plan with odd values in it is refused with a reason or reviewed, never a mistake of ours", () => {
  const plans = names.map((name) => JSON.parse(readFileSync(path.join(cases, name, "plan.json"), "utf8")));
  const places = plans.map((plan) => placesIn(plan).filter(({ length }) => length > 0));
  const change = fc.tuple(fc.nat(), odd);
  let reviewed = 0;
  fc.assert(
    fc.property(fc.nat(), fc.array(change, { minLength: 1, maxLength: 3 }), (which, changes) => {
      const at = which % plans.length;
      const plan = structuredClone(plans[at]);
      const all = places[at] ?? [];
      for (const [place, value] of changes) put(plan, all[place % all.length] ?? [], value);
      try {
        const read = parsePlan(JSON.stringify(plan), "plan.json");
        const result = review({ plan: read, today: "2026-11-25" });
        const named = [{ name: "x", review: result }];
        reviewText("x", result, { color: false });
        reviewMarkdown(named);
        JSON.stringify([reviewSarif(named), reviewsJson(named)]);
        reviewed += 1;
      } catch (error) {
        if (!(error instanceof TerraformError)) throw error;
      }
    }),
    { numRuns: 1000 },
  );
  expect(reviewed).toBeGreaterThan(500);
}, 60_000);
