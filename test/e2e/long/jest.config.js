// What takes longer than the six minutes of `npm test`: `npm run test:long`, and `.ci/run`.
const all = require("../../../jest.config.js");
const e2e = all.projects.find(({ displayName }) => displayName === "e2e");

module.exports = {
  ...all,
  rootDir: all.projects[0].rootDir,
  projects: [{ ...e2e, displayName: "long", testMatch: ["<rootDir>/test/e2e/long/*.test.ts"] }],
};
