import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildPackages } from "./build-package";
import type { PackedFile } from "./checks/contents";
import type { PublishedPackage } from "./packages";

/** A tarball as it would be published. */
export interface Packed {
  readonly name: string;
  readonly version: string;
  /** Where it is. */
  readonly file: string;
  /** What it weighs, in bytes. */
  readonly size: number;
  /** What is in it, by path. */
  readonly files: readonly PackedFile[];
}

/** What `npm pack --json` prints of each tarball. */
interface PackReport {
  readonly name: string;
  readonly version: string;
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** Builds packages and packs each into a folder, which is made; nothing in the project changes. */
export async function pack(packages: readonly PublishedPackage[], out: string): Promise<Packed[]> {
  mkdirSync(out, { recursive: true });
  const root = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-pack-"));
  try {
    await buildPackages(packages, root);
    return packages.map(({ folder }) => packFolder(path.join(root, folder), out));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function packFolder(folder: string, out: string): Packed {
  // built just now, by the same steps as `prepack`
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", out];
  const printed = execFileSync("npm", args, {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", 2],
    shell: process.platform === "win32",
  });
  const [report] = Object.values(JSON.parse(printed) as Record<string, PackReport>);
  if (report === undefined) throw new Error(`npm pack said nothing of ${folder}`);
  const { name, version, filename, size, files } = report;
  return {
    name,
    version,
    file: path.join(out, filename),
    size,
    files: files.map(({ path: file }) => ({
      path: file,
      text: readFileSync(path.join(folder, file), "utf8"),
    })),
  };
}
