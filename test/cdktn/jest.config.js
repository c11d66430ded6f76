// The tests of the constructs, on what is published for CDK Terrain: `aoss-privatelink-cdktn` as it is built, with
// cdktn in place of cdktf. Not among the projects of the other tests: what it takes is half a gigabyte.
const { rootDir, transform } = require("../../jest.config.js").projects[0];

/** Where `setup.ts` puts them. */
const cache = "<rootDir>/node_modules/.cache/aoss-privatelink";
const installed = `${cache}/cdktn/node_modules`;
const twin = `${cache}/built-for-cdktn/build/aoss-privatelink-cdktn/dist`;

module.exports = {
  rootDir,
  transform,
  displayName: "cdktn",
  testEnvironment: "node",
  testMatch: ["<rootDir>/test/modules/**/*.test.ts"],
  globalSetup: "<rootDir>/test/cdktn/setup.ts",
  moduleNameMapper: {
    "^\\.\\./\\.\\./(modules|service)$": `${twin}/$1/index.js`,
    "^cdkt[fn]$": `${installed}/cdktn`,
    "^@cdkt[fn]/provider-aws/(.*)$": `${installed}/@cdktn/provider-aws/$1`,
    "^constructs$": `${installed}/constructs`,
  },
};
