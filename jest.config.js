const transform = {
  "^.+\\.ts$": [
    "@swc/jest",
    { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
  ],
};
// The clients in the tests say at each start that they will leave Node.js 20 behind one day.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const common = {
  rootDir: __dirname,
  transform,
  testEnvironment: "node",
  testPathIgnorePatterns: ["/node_modules/", "/dist/"],
};

module.exports = {
  // Each Terraform with its provider takes 600 MB, and waits more than it works: when there were fewer tests, three at a
  // time took 470 s where two took 590, on 2 cores.
  maxWorkers: 3,
  // What takes a second alone takes many beside two Terraforms.
  testTimeout: 60_000,
  reporters: ["default", "<rootDir>/test/support/closing-line-reporter.js"],
  projects: [
    { ...common, displayName: "unit", testMatch: ["<rootDir>/test/!(e2e)/**/*.test.ts"] },
    {
      ...common,
      displayName: "e2e",
      testMatch: ["<rootDir>/test/e2e/*.test.ts"],
      globalSetup: "<rootDir>/test/e2e/global-setup.ts",
    },
  ],
};
