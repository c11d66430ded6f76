#!/usr/bin/env node
// The command. In a clone it runs from source, so that it never lags behind an edit; for who has installed the
// constructs, npm brings the package that holds it.
const { existsSync } = require("node:fs");
const path = require("node:path");

const folder = path.join(__dirname, "..");
const commandPackage = "aoss-privatelink-cli";

function fromSource() {
  const { load, bundleOf } = require("./run.js");
  const { main } = load(bundleOf(path.join(folder, "cli", "index.ts")));
  const app = [path.join(__dirname, "run.js"), path.join(folder, "main.ts")];
  main(process.argv.slice(2), { folder, app }).then((exitCode) => {
    process.exitCode = exitCode;
  });
}

function fromPackage() {
  let manifest;
  try {
    manifest = require.resolve(`${commandPackage}/package.json`);
  } catch {
    const { version } = require("../package.json");
    console.error(
      [
        `error: the command is a package of its own, ${commandPackage}, which is not installed`,
        `  ${folder}`,
        `  npm brings it unless told to leave out optional dependencies: npm install --save-dev ${commandPackage}@${version}`,
      ].join("\n"),
    );
    process.exitCode = 1;
    return;
  }
  require(path.join(path.dirname(manifest), "bin", `${commandPackage}.js`));
}

if (existsSync(path.join(folder, "cli", "index.ts"))) fromSource();
else fromPackage();
