import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { apiReports } from "./api-report";
import { projectFolder } from "./packages";
import { staleReports } from "./stale-reports";

const folder = path.join(projectFolder, "api");

/** `npm run api` writes the reports, `npm run api -- --check` compares them with the committed ones. */
function main(args: readonly string[]): number {
  if (args.some((one) => one !== "--check")) {
    console.error(
      `error: ${args.join(" ")}: only --check is allowed\n  npm run api\n  use: npm run api -- [--check]`,
    );
    return 2;
  }
  const reports = apiReports();
  if (args.length > 0) {
    const stale = staleReports(reports, folder);
    if (stale.length === 0) return 0;
    console.log(stale.join("\n"));
    console.error(
      `error: the public surface is not what the committed report says, see the difference\n  api/\n  npm run api, and a line in CHANGELOG.md if users will notice`,
    );
    return 1;
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [name, text] of reports) writeFileSync(path.join(folder, name), text);
  return 0;
}

process.exitCode = main(process.argv.slice(2));
