#!/usr/bin/env node
// The command. In a clone it runs from source, so that it never lags behind an edit; in the published package
// from the compiled files.
const { existsSync } = require("node:fs");
const path = require("node:path");

const folder = path.join(__dirname, "..");
const fromSource = existsSync(path.join(folder, "cli", "index.ts"));

function command() {
  if (!fromSource) return require("../dist/cli/index.js");
  const { load, bundleOf } = require("./run.js");
  return load(bundleOf(path.join(folder, "cli", "index.ts")));
}

const app = fromSource
  ? [path.join(__dirname, "run.js"), path.join(folder, "main.ts")]
  : [path.join(folder, "dist", "main.js")];

command()
  .main(process.argv.slice(2), { folder, app })
  .then((exitCode) => {
    process.exitCode = exitCode;
  });
