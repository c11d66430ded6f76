import { readFileSync } from "node:fs";
import path from "node:path";
import { review, reviewText } from "../../review";
import { parsePlan, readSynthesizedConfig } from "../../terraform";
import { projectFolder } from "../support/command";

const page = (name: string) => readFileSync(path.join(projectFolder, name), "utf8");

/** The review of a plan in the corpus, as a terminal of 100 columns shows it. */
function reviewOf(name: string): string {
  const folder = path.join(projectFolder, "test", "review", "corpus", "cases", name);
  const plan = parsePlan(readFileSync(path.join(folder, "plan.json")), "plan.json");
  const config = readSynthesizedConfig(folder);
  const result = review({ plan, config, today: "2026-11-25" });
  return `${reviewText("search", result, { color: false, width: 100 })}\n`;
}

test.each([
  ["docs/commands.md", "search: endpoint search-apps gains", "stack-created"],
  ["docs/commands.md", "search: nobody gains or loses access for good", "stack-endpoint-renamed"],
  ["README.md", "search: nobody gains or loses access for good", "stack-endpoint-renamed"],
])("what %s shows after %s is what the review of %s prints", (name, start, plan) => {
  const [, shown = ""] = new RegExp(`\`\`\`text\\n(${start}[\\s\\S]*?)\`\`\``).exec(page(name)) ?? [];
  expect(shown.split("\n").length).toBeGreaterThan(5);
  expect(reviewOf(plan).startsWith(shown)).toBe(true);
});
