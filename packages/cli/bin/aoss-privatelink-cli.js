#!/usr/bin/env node
// The command of the published package. In a clone, where it is not built, it runs from source.
const { existsSync } = require("node:fs");
const path = require("node:path");

const folder = path.join(__dirname, "..");

if (existsSync(path.join(folder, "dist"))) {
  require("../dist/cli/index.js")
    .main(process.argv.slice(2), { folder, app: [path.join(folder, "dist", "main.js")] })
    .then((exitCode) => {
      process.exitCode = exitCode;
    });
} else {
  require("../../../bin/aoss-privatelink.js");
}
