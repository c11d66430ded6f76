import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { projectFolder, run } from "../support/command";

// What somebody has who installs the packages from npm, in a folder that knows nothing of this project.
const folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-consumer-"));
const consumer = path.join(folder, "consumer");
const tarballs = path.join(folder, "tarballs");

const { version } = JSON.parse(readFileSync(path.join(projectFolder, "package.json"), "utf8"));
const tarball = (name: string) => path.join(tarballs, `${name}-${version}.tgz`);

async function ended(file: string, args: readonly string[], cwd = consumer, env: NodeJS.ProcessEnv = {}) {
  const { exitCode, stdout, stderr } = await run(file, args, { cwd, env });
  if (exitCode !== 0)
    throw new Error(`${file} ${args.join(" ")}: ended with ${exitCode}\n${stdout}${stderr}`);
  return stdout;
}

const npmInstall = (...wanted: string[]) =>
  ended("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error", ...wanted]);

/** The oldest of each that the peer dependencies allow: the rest of the tests run with the newest. */
const oldestPeers = ["cdktf@0.21.0", "constructs@10.4.2", "@cdktf/provider-aws@20.1.0"];

/** What `npm run release:check` printed. */
let said: string;

beforeAll(async () => {
  const check = ["bin/run.js", "release/check.ts", "--out", tarballs];
  said = await ended(process.execPath, check, projectFolder);
  mkdirSync(consumer);
  writeFileSync(path.join(consumer, "package.json"), '{ "private": true }\n');
  // The command is left out, as by `npm install --omit=optional`; it comes last.
  await npmInstall(tarball("aoss-privatelink"), ...oldestPeers);
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("npm run release:check finds that all three packages could be published", () => {
  const lines = said.trim().split("\n");
  expect(lines.at(-1)).toBe("ready: nothing stands in the way of a release");
  for (const name of ["aoss-privatelink", "aoss-privatelink-cdktn", "aoss-privatelink-cli"]) {
    expect(lines).toContain(`ok     ${name}: publint and @arethetypeswrong/cli find nothing`);
  }
});

test("the constructs weigh less than 200 KB, and nothing but code, types, licence and texts is in them", async () => {
  expect(statSync(tarball("aoss-privatelink")).size).toBeLessThan(200_000);
  const files = (await ended("tar", ["-tzf", tarball("aoss-privatelink")], tarballs)).trim().split("\n");
  const code = /^package\/dist\/(?:chunks|modules|sandbox|service)\/[\w/-]+\.(?:js|d\.ts)$/;
  expect(files.filter((file) => !code.test(file)).sort()).toEqual([
    "package/CHANGELOG.md",
    "package/LICENSE",
    "package/README.md",
    "package/access.schema.json",
    "package/bin/aoss-privatelink.js",
    "package/package.json",
  ]);
});

test("nothing else comes along but two small packages: nothing of cdktf-cli", () => {
  const modules = path.join(consumer, "node_modules");
  const names = readdirSync(modules).filter((name) => !name.startsWith("."));
  expect(names.sort()).toEqual([
    "@cdktf",
    "aoss-privatelink",
    "cdktf",
    "constructs",
    "fastest-levenshtein",
    "ipaddr.js",
  ]);
  expect(readdirSync(path.join(modules, "@cdktf"))).toEqual(["provider-aws"]);
});

const body = `
const app = new App({ outdir: process.env["OUT"] ?? "cdktf.out" });
const stack = new TerraformStack(app, "search");
new AwsProvider(stack, "aws", { region: "eu-central-1", allowedAccountIds: ["123456789012"] });
const access = new PrivateAccess(stack, "access");
const apps = access.addEndpoint("apps", {
  vpcId: "vpc-0a1b2c3d4e5f60718",
  subnetIds: ["subnet-0a1b2c3d4e5f60711"],
});
apps.allowFrom(Source.cidr("10.20.0.0/16", { description: "application subnets" }));
access.grant({ collections: ["orders"], from: [apps] });
if (checkCidr("10.20.3.7/16")?.remedy !== 'did you mean "10.20.0.0/16"?') throw new Error("no rule");
try {
  Source.cidr("10.20.3.7/16");
  throw new Error("taken");
} catch (error) {
  if (!(error instanceof RuleError && error instanceof SameRuleError)) throw error;
}
app.synth();
`;

/** The same app in each way of writing modules. */
const apps: Readonly<Record<string, string>> = {
  "typescript.ts": `import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type IInterfaceEndpoint, PrivateAccess, RuleError, Source } from "aoss-privatelink";
import { checkCidr, type Problem, RuleError as SameRuleError } from "aoss-privatelink/service";
import { App, TerraformStack } from "cdktf";
${body}
export const problem: Problem | undefined = checkCidr("10.20.0.0/16");
export const endpoint: IInterfaceEndpoint = apps;
export const same: RuleError = new SameRuleError({ problem: "a", remedy: "b" });
// @ts-expect-error a number is no VPC
access.addEndpoint("typed", { vpcId: 7, subnetIds: [] });
`,
  "commonjs.cjs": `const { AwsProvider } = require("@cdktf/provider-aws/lib/provider");
const { PrivateAccess, RuleError, Source } = require("aoss-privatelink");
const { checkCidr, RuleError: SameRuleError } = require("aoss-privatelink/service");
const { App, TerraformStack } = require("cdktf");
${body}`,
  "module.mjs": `import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { PrivateAccess, RuleError, Source } from "aoss-privatelink";
import { checkCidr, RuleError as SameRuleError } from "aoss-privatelink/service";
import { App, TerraformStack } from "cdktf";
${body}`,
};

async function synthesized(file: string): Promise<Record<string, unknown>> {
  const OUT = path.join(consumer, `out-${file}`);
  await ended(process.execPath, [file], consumer, { OUT });
  return JSON.parse(readFileSync(path.join(OUT, "stacks", "search", "cdk.tf.json"), "utf8"));
}

/** Compiles the app, strict, and returns the file that comes out. */
async function compile(module: string, resolution: string): Promise<string> {
  const compiler = path.join(projectFolder, "node_modules", "typescript", "bin", "tsc");
  const types = ["--typeRoots", path.join(projectFolder, "node_modules", "@types"), "--types", "node"];
  const strict = ["--strict", "--exactOptionalPropertyTypes", "--target", "es2022"];
  const modules = ["--module", module, "--moduleResolution", resolution, "--outDir", resolution];
  await ended(process.execPath, [compiler, ...strict, ...types, ...modules, "typescript.ts"]);
  return path.join(consumer, resolution, "typescript.js");
}

describe("with the oldest of each peer dependency", () => {
  beforeAll(() => {
    for (const [file, text] of Object.entries(apps)) writeFileSync(path.join(consumer, file), text);
  });

  test("an app in TypeScript compiles as bundlers resolve packages, too", async () => {
    await compile("esnext", "bundler");
  });

  test("apps in TypeScript, CommonJS and ES modules synthesize the same", async () => {
    const compiled = await compile("node16", "node16");
    // its last line is for the compiler: running it would be refused
    const text = readFileSync(compiled, "utf8").replace(/access\.addEndpoint\("typed".*\n/, "");
    writeFileSync(path.join(consumer, "typescript.cjs"), text);
    const [first, ...others] = [
      await synthesized("typescript.cjs"),
      await synthesized("commonjs.cjs"),
      await synthesized("module.mjs"),
    ];
    for (const other of others) expect(other).toEqual(first);
    const resource = first?.["resource"] as Record<string, Record<string, Record<string, unknown>>>;
    expect(
      Object.entries(resource)
        .map(([type, named]) => [type, ...Object.keys(named)].join(" "))
        .sort(),
    ).toEqual([
      "aws_opensearchserverless_security_policy access_network_policy",
      "aws_opensearchserverless_vpc_endpoint access_apps",
      "aws_security_group access_apps_clients",
      "aws_vpc_security_group_ingress_rule access_apps_clients_cidr-10-20-0-0-16",
    ]);
    expect(resource["aws_opensearchserverless_vpc_endpoint"]?.["access_apps"]).toMatchObject({
      name: "search-apps",
      subnet_ids: ["subnet-0a1b2c3d4e5f60711"],
      vpc_id: "vpc-0a1b2c3d4e5f60718",
    });
  });

  test("the example own-app compiles by its own tsconfig.json and synthesizes", async () => {
    const app = path.join(consumer, "own-app");
    mkdirSync(app);
    for (const file of ["main.ts", "search-stack.ts", "tsconfig.json"]) {
      copyFileSync(path.join(projectFolder, "examples", "own-app", file), path.join(app, file));
    }
    const compiler = path.join(projectFolder, "node_modules", "typescript", "bin", "tsc");
    const types = ["--typeRoots", path.join(projectFolder, "node_modules", "@types"), "--types", "node"];
    await ended(process.execPath, [compiler, "--project", ".", ...types], app);
    await ended(process.execPath, ["build/main.js"], app);
    const file = path.join(app, "cdktf.out", "stacks", "search", "cdk.tf.json");
    const { resource } = JSON.parse(readFileSync(file, "utf8"));
    expect(resource.aws_opensearchserverless_vpc_endpoint.access_apps).toMatchObject({
      subnet_ids: ["${aws_subnet.subnet_a.id}", "${aws_subnet.subnet_b.id}"],
      vpc_id: "${aws_vpc.vpc.id}",
    });
  }, 60_000);

  test("an error that nobody catches is printed with the line that threw it, not with a whole file", async () => {
    const code = 'require("aoss-privatelink").Source.cidr("10.20.3.7/16")';
    const { exitCode, stderr } = await run(process.execPath, ["-e", code], { cwd: consumer });
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining(
        'RuleError: cidr "10.20.3.7/16": host bits are set; did you mean "10.20.0.0/16"?',
      ),
    ]);
    const longest = Math.max(...stderr.split("\n").map((line) => line.length));
    expect(longest).toBeLessThan(250);
  });

  test("an app without a peer dependency is told which one it is", async () => {
    const peer = path.join(consumer, "node_modules", "cdktf");
    renameSync(peer, `${peer}-away`);
    try {
      const { exitCode, stderr } = await run(process.execPath, ["-e", 'require("aoss-privatelink")'], {
        cwd: consumer,
      });
      expect([exitCode, stderr.match(/Cannot find module '\w+'/)?.[0]]).toEqual([
        1,
        "Cannot find module 'cdktf'",
      ]);
    } finally {
      renameSync(`${peer}-away`, peer);
    }
  });
});

describe("the command", () => {
  const npx = (...args: string[]) => run("npx", ["--no-install", ...args], { cwd: consumer });

  test("without its package says how to get it", async () => {
    const { exitCode, stdout, stderr } = await npx("aoss-privatelink", "--version");
    expect([exitCode, stdout, stderr.split("\n")]).toEqual([
      1,
      "",
      [
        "error: the command is a package of its own, aoss-privatelink-cli, which is not installed",
        `  ${path.join(consumer, "node_modules", "aoss-privatelink")}`,
        `  npm brings it unless told to leave out optional dependencies: npm install --save-dev aoss-privatelink-cli@${version}`,
        "",
      ],
    ]);
  });

  test("the sandbox without that package says the same", async () => {
    const { exitCode, stderr } = await run(process.execPath, ["-e", 'require("aoss-privatelink/sandbox")'], {
      cwd: consumer,
    });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      "the sandbox comes with the command, aoss-privatelink-cli, which is not installed: npm install --save-dev aoss-privatelink-cli",
    );
  });

  describe("with its package", () => {
    beforeAll(async () => {
      await npmInstall(tarball("aoss-privatelink-cli"));
      copyFileSync(path.join(projectFolder, "access.yaml"), path.join(consumer, "access.yaml"));
    }, 120_000);

    test("answers under both names", async () => {
      for (const name of ["aoss-privatelink", "aoss-privatelink-cli"]) {
        expect(await npx(name, "--version")).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: "" });
      }
    });

    test("reads the access file with the app that comes along: who reaches what", async () => {
      const { exitCode, stdout, stderr } = await npx(
        ...["aoss-privatelink", "reach", "--from", "10.20.3.0/24", "--vpc", "vpc-0a1b2c3d4e5f60718"],
        ...["--to", "collection/orders", "--require", "open"],
      );
      expect([exitCode, stdout.split("\n")[0], stderr]).toEqual([
        0,
        "10.20.3.0/24 in vpc-0a1b2c3d4e5f60718 -> collection/orders: open",
        "",
      ]);
    });

    test("the native module comes along, as it is committed", async () => {
      const { exitCode, stderr } = await npx("aoss-privatelink", "module", "infrastructure/private-access");
      expect([exitCode, stderr]).toEqual([0, ""]);
      for (const file of ["main.tf.json", "variables.tf.json", "README.md"]) {
        const written = readFileSync(path.join(consumer, "infrastructure", "private-access", file), "utf8");
        expect(written).toBe(
          readFileSync(path.join(projectFolder, "terraform-aws-aoss-privatelink", file), "utf8"),
        );
      }
    });

    test("a sandbox answers, run by the command and started from code", async () => {
      const inside = await npx("aoss-privatelink", "sandbox", "--", "node", "-p", "process.env.AWS_REGION");
      expect(inside).toMatchObject({ exitCode: 0, stdout: "eu-central-1\n" });
      const code = `require("aoss-privatelink/sandbox").startSandbox().then(async (sandbox) => {
        console.log(sandbox.contents().vpcEndpoints.length);
        await sandbox.close();
      })`;
      expect(await ended(process.execPath, ["-e", code])).toBe("0\n");
      const named =
        'import { startSandbox } from "aoss-privatelink/sandbox"; console.log(typeof startSandbox);';
      expect(await ended(process.execPath, ["--input-type=module", "-e", named])).toBe("function\n");
    });

    test("alone it takes no CDKTF, until an access file is to be read: it says what to install then", async () => {
      const alone = path.join(folder, "alone");
      mkdirSync(alone);
      writeFileSync(path.join(alone, "package.json"), '{ "private": true }\n');
      await npmInstall("--prefix", alone, tarball("aoss-privatelink-cli"));
      expect(
        readdirSync(path.join(alone, "node_modules")).filter((name) => /cdktf|constructs/.test(name)),
      ).toEqual([]);
      copyFileSync(path.join(projectFolder, "access.yaml"), path.join(alone, "access.yaml"));
      const reach = await run("npx", ["--no-install", "aoss-privatelink-cli", "reach"], { cwd: alone });
      expect([reach.exitCode, reach.stderr.split("\n")]).toEqual([
        1,
        [
          "error: the app needs cdktf, which is not installed",
          `  ${path.join(alone, "node_modules", "aoss-privatelink-cli", "dist", "main.js")}`,
          "  npm install cdktf@0.21 constructs@10.7 @cdktf/provider-aws@21, or name an app of your own in cdktf.json",
          "",
        ],
      ]);
    }, 120_000);
  });
});
