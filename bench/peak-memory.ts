import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/** The most memory that this process has held, in bytes. */
export function peakBytes(): number {
  // ru_maxrss counts in what the parent held when it forked, so every small child of a large one says the same.
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readStatus()) ?? [];
  return 1024 * Number(kilobytes ?? process.resourceUsage().maxRSS);
}

function readStatus(): string {
  try {
    return readFileSync("/proc/self/status", "utf8");
  } catch {
    return "";
  }
}

/** A module that makes any node process note its peak when it ends: `node --require FILE ...`. */
export interface PeakProbe {
  readonly file: string;
  /** What was noted last, in bytes. */
  read(): number;
}

/** Writes the module into a folder. Loading it takes time: never use it in a run that is timed. */
export function writePeakProbe(folder: string): PeakProbe {
  const file = path.join(folder, "peak-probe.cjs");
  const answer = path.join(folder, "peak-probe.txt");
  // As `peakBytes`, of which a bundle leaves nothing that could be written down here. A worker thread loads it too,
  // but only the main thread sees the process end.
  const code = `const { readFileSync, writeFileSync } = require("node:fs");
function peakBytes() {
  try {
    return 1024 * Number(/^VmHWM:\\s+(\\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))[1]);
  } catch {
    return 1024 * process.resourceUsage().maxRSS;
  }
}
if (require("node:worker_threads").isMainThread) {
  process.on("exit", () => writeFileSync(${JSON.stringify(answer)}, String(peakBytes())));
}
`;
  writeFileSync(file, code);
  return {
    file,
    read() {
      const bytes = Number(readFileSync(answer, "utf8"));
      rmSync(answer);
      return bytes;
    },
  };
}
