import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { projectFolder, runNode } from "./child";
import type { Comparison, Measure } from "./paired";

/** At most a tenth more than loading the bindings that the constructs use, and CDKTF, without them. */
const target = 1.1;

/** Part h: loading the package as it is published against loading what it loads from others. */
export async function loadComparison(say: (text: string) => void): Promise<Comparison> {
  say("h: building the package");
  await runNode(["bin/run.js", "release/build.ts", "aoss-privatelink"], { cwd: projectFolder });
  const others = loadedFromOthers(path.join(projectFolder, "dist"));
  const load = async (modules: readonly string[]): Promise<Measure> => {
    // The processor's time, since that is what loading takes; the clock would count what else the machine does.
    const code = `const start = process.cpuUsage();
      for (const one of ${JSON.stringify(modules)}) require(one);
      const { user, system } = process.cpuUsage(start);
      const peakBytes = process.resourceUsage().maxRSS * 1024;
      console.log(JSON.stringify({ milliseconds: (user + system) / 1000, peakBytes }));`;
    const { stdout } = await runNode(["-e", code], { cwd: projectFolder });
    return JSON.parse(stdout) as Measure;
  };
  return {
    part: "h",
    name: "load the package",
    target,
    runs: 31,
    ours: { name: "aoss-privatelink", run: () => load(["./dist/modules"]) },
    baseline: { name: `${others.length} modules of CDKTF and bindings`, run: () => load(others) },
  };
}

/** What the built constructs load of CDKTF and the bindings, in that order: the order of use. */
function loadedFromOthers(dist: string): string[] {
  const built = readFileSync(path.join(dist, "modules", "index.js"), "utf8");
  const chunks = readdirSync(path.join(dist, "chunks")).map((name) =>
    readFileSync(path.join(dist, "chunks", name), "utf8"),
  );
  const named = /require\("((?:cdktf|constructs|@cdktf\/[^"]+))"\)/g;
  const found = [built, ...chunks].flatMap((text) => [...text.matchAll(named)].map(([, name = ""]) => name));
  if (found.length === 0) throw new Error("the built package loads nothing of CDKTF: is it built otherwise?");
  return [...new Set(found)];
}
