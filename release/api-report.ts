import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { commandPackage, mainPackage, projectFolder } from "./packages";
import { withDeclarations } from "./types";

type ApiExtractor = typeof import("@microsoft/api-extractor");

/** What is imported from outside, by the name of its report. */
const surfaces = {
  [mainPackage.name]: "modules",
  [`${mainPackage.name}-service`]: "service",
  [`${commandPackage.name}-sandbox`]: "sandbox",
};

/**
 * The public surface of each entry as text, without documentation, so that a difference is a change of what users
 * write against. By file name.
 */
export function apiReports(): Map<string, string> {
  return withDeclarations((declarations) => {
    // The bindings' types are found from there as they are from here.
    symlinkSync(
      path.join(projectFolder, "node_modules"),
      path.join(declarations, "node_modules"),
      "junction",
    );
    const reports = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-api-"));
    try {
      for (const [name, room] of Object.entries(surfaces)) extract(name, room, declarations, reports);
      const names = readdirSync(reports).filter((name) => name.endsWith(".api.md"));
      return new Map(names.sort().map((name) => [name, readFileSync(path.join(reports, name), "utf8")]));
    } finally {
      rmSync(reports, { recursive: true, force: true });
    }
  });
}

function extract(name: string, room: string, declarations: string, reports: string): void {
  // Loaded as it is installed: with the compiler in it, it is no package to bundle.
  const load = createRequire(path.join(projectFolder, "package.json"));
  const { Extractor, ExtractorConfig, ExtractorLogLevel } = load("@microsoft/api-extractor") as ApiExtractor;
  const manifest = path.join(declarations, "package.json");
  writeFileSync(manifest, JSON.stringify({ name, version: "0.0.0" }));
  const temporary = path.join(reports, "temporary");
  mkdirSync(temporary, { recursive: true });
  const quiet = { default: { logLevel: ExtractorLogLevel.None } };
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: declarations,
      mainEntryPointFilePath: path.join(declarations, room, "index.d.ts"),
      compiler: { overrideTsconfig: { compilerOptions, include: [room] } },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: reports,
        reportTempFolder: temporary,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: "lf",
      messages: {
        extractorMessageReporting: quiet,
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        tsdocMessageReporting: quiet,
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: manifest,
  });
  const failures: string[] = [];
  const { succeeded } = Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      if (message.logLevel === "error") failures.push(message.text);
      message.handled = true;
    },
  });
  if (!succeeded) throw new Error(`no report of ${name}: ${failures.join("; ")}`);
}

const compilerOptions = {
  target: "es2022",
  lib: ["es2023"],
  module: "commonjs",
  moduleResolution: "bundler",
  types: ["node"],
  skipLibCheck: true,
  strict: true,
};
