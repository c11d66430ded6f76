import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { buildPackages } from "./build-package";
import { type PublishedPackage, projectFolder } from "./packages";

/** A tarball as it would be published. */
export interface Packed {
  readonly name: string;
  readonly version: string;
  /** Where it is. */
  readonly file: string;
  /** What it weighs, in bytes. */
  readonly size: number;
  /** What is in it, from the package's folder, in order. */
  readonly files: readonly string[];
}

/** What `npm pack --json` prints of each tarball. */
interface PackReport {
  readonly name: string;
  readonly version: string;
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** Builds packages and packs each into a folder, which is made. */
export async function pack(packages: readonly PublishedPackage[], out: string): Promise<Packed[]> {
  await buildPackages(packages);
  mkdirSync(out, { recursive: true });
  return packages.map(({ folder }) => {
    // built just now, by the same steps as `prepack`
    const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", out];
    const printed = execFileSync("npm", args, {
      cwd: path.join(projectFolder, folder),
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
      files: files.map((one) => one.path).sort(),
    };
  });
}
