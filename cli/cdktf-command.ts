import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { CommandError } from "./command-error";

/** How to start the cdktf command: a program and what comes before its own arguments. */
export interface CdktfCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly shell: boolean;
}

/** The cdktf command of the project in this folder, else the one on PATH. */
export function cdktfCommand(folder = process.cwd()): CdktfCommand {
  const own = ownCdktf(folder);
  if (own !== undefined) return { file: process.execPath, args: [own], shell: false };
  const isWindows = process.platform === "win32";
  const found = (process.env["PATH"] ?? "")
    .split(path.delimiter)
    .some((one) => one !== "" && existsSync(path.join(one, isWindows ? "cdktf.cmd" : "cdktf")));
  if (found) return { file: "cdktf", args: [], shell: isWindows };
  throw new CommandError(
    "cdktf-cli is not installed, which deploys and destroys",
    folder,
    "npm install --save-dev cdktf-cli@0.21",
    1,
  );
}

function ownCdktf(folder: string): string | undefined {
  try {
    const manifest = createRequire(path.join(folder, "package.json")).resolve("cdktf-cli/package.json");
    const { bin } = JSON.parse(readFileSync(manifest, "utf8")) as { bin?: { cdktf?: string } };
    return bin?.cdktf && path.join(path.dirname(manifest), bin.cdktf);
  } catch {
    return undefined;
  }
}
