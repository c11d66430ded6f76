import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Under what names Chromium and Chrome are installed. */
const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const binary = names.find((name) => spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0);

/**
 * `describe` for what needs a real browser; skipped, with the reason, where there is none. With CI=true that is a
 * failure. Debian has it as the package `chromium`.
 */
export function describeWithChromium(name: string, tests: () => void): void {
  jest.setTimeout(120_000);
  const reason = `no ${names.join(", ")} on PATH`;
  if (binary !== undefined) describe(name, tests);
  else if (process.env["CI"] !== "true") describe.skip(`${name} (skipped: ${reason})`, tests);
  else {
    test(`${name}: a browser is installed`, () => {
      throw new Error(reason);
    });
  }
}

/** Opens the page without a network and gives back its document once it has loaded and its scripts have run. */
export function documentInChromium(page: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-chromium-"));
  try {
    const file = path.join(folder, "page.html");
    writeFileSync(file, page);
    const options = [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--dump-dom"],
      // timers run out at once
      "--virtual-time-budget=5000",
      "--host-resolver-rules=MAP * ~NOTFOUND",
      `--user-data-dir=${path.join(folder, "profile")}`,
    ];
    const run = spawnSync(binary ?? "chromium", [...options, `file://${file}`], {
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
      timeout: 100_000,
    });
    if (run.status !== 0) throw new Error(`chromium ended with ${run.status}: ${run.stderr.slice(-2000)}`);
    return run.stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
