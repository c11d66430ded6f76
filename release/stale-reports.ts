import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createTwoFilesPatch } from "diff";

/** What each committed report in a folder lacks, as a patch that brings it up to date. */
export function staleReports(reports: ReadonlyMap<string, string>, folder: string): string[] {
  const committed = readdirSync(folder).filter((name) => name.endsWith(".api.md"));
  return [...new Set([...committed, ...reports.keys()])].sort().flatMap((name) => {
    const was = committed.includes(name) ? readFileSync(path.join(folder, name), "utf8") : "";
    const is = reports.get(name) ?? "";
    if (was === is) return [];
    return [createTwoFilesPatch(`api/${name}`, `api/${name}`, was, is, "committed", "now", { context: 2 })];
  });
}
