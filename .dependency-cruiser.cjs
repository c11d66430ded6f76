/** The rooms and the arrows between them: what a room may import besides itself. */
const arrows = {
  service: [],
  config: ["service"],
  terraform: [],
  sandbox: ["service"],
  modules: ["service"],
  native: ["modules", "service"],
  stacks: ["modules", "config", "service"],
  review: ["terraform", "config", "service"],
  release: [],
  cli: ["review", "sandbox", "terraform", "config", "service"],
};
const rooms = Object.keys(arrows);

const roomRules = rooms.map((room) => ({
  name: `arrows-of-${room}`,
  severity: "error",
  comment: `${room} may import ${arrows[room].join(", ") || "no other room"}`,
  from: { path: `^${room}/` },
  to: {
    path: `^(?!node_modules/)(?!(${[room, ...arrows[room]].join("|")})/)`,
    dependencyTypesNot: ["core", "npm", "npm-dev", "npm-peer"],
  },
}));

/** Packages that only certain rooms may use. */
const packageRules = [
  ["modules-need-cdktf-only", "^modules/", "^node_modules/(?!cdktf/|constructs/|@cdktf/provider-aws/)"],
  [
    "cdktf-only-in-stacks-and-modules",
    "^(service|config|terraform|review|sandbox|cli)/",
    "^node_modules/(cdktf|constructs|@cdktf)/",
  ],
  ["cdktf-cli-nowhere", "", "^node_modules/cdktf-cli/"],
].map(([name, from, to]) => ({ name, severity: "error", from: { path: from }, to: { path: to } }));

module.exports = {
  forbidden: [
    ...roomRules,
    ...packageRules,
    {
      name: "rooms-never-import-tests",
      severity: "error",
      from: { pathNot: "^(test|bench|soak)/" },
      to: { path: "^(test|bench|soak)/" },
    },
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "not-resolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^\\.\\./dist/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|cdktf\\.out|coverage)/" },
    parser: "swc",
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: [".ts", ".js", ".json"],
      exportsFields: ["exports"],
      conditionNames: ["require", "node", "default", "types"],
    },
  },
};
