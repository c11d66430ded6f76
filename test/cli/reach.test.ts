import { existsSync, readFileSync } from "node:fs";
import { goodAccessFile } from "../support/bad-access-files";
import { aossPrivatelink } from "../support/command";
import { fixture, reachFolder, state } from "../support/reach-folder";

const { at, put, reach, putState } = reachFolder();

describe("the matrix", () => {
  test("of a state is a table on standard output, with what was not seen", async () => {
    putState();
    const { exitCode, stdout, stderr } = await reach(...state);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^who reaches what: state\.json\n/);
    expect(stdout).toMatch(/^orders +apps +apps$/m);
    expect(stdout).toMatch(/^logs-\* \(no collection yet\) +apps, batch +apps, batch$/m);
    expect(stdout).toMatch(/^kb-\* \(no collection yet\) +bedrock\.amazonaws\.com +–$/m);
    expect(stdout).toContain("- state.json: rules of security groups that were changed");
  });

  test("as JSON has a version, and one world for the one account and Region", async () => {
    putState();
    const { exitCode, stdout, stderr } = await reach(...state, "--json");
    const { version, worlds } = JSON.parse(stdout);
    expect([exitCode, version, worlds.length]).toEqual([0, 1, 1]);
    expect(worlds[0]).toMatchObject({ account: "123456789012", region: "eu-central-1" });
    expect(worlds[0].matrix.endpoints.map((one: { name: string }) => one.name)).toEqual(["batch", "apps"]);
    expect(worlds[0].notSeen).toHaveLength(1);
    expect(stderr).toBe(
      "not seen: state.json: rules of security groups that were changed since the last refresh\n",
    );
  });

  test.each([
    ["reach.svg", /^<svg [\s\S]*<\/svg>\n$/],
    ["reach.html", /^<!doctype html>[\s\S]*<\/html>\n$/i],
    ["reach.mmd", /flowchart LR\n/],
    ["reach.json", /^\{\n {2}"version": 1,/],
    ["reach.txt", /^who reaches what: state\.json\n/],
  ])("is written to %s in the form that its ending tells", async (out, content) => {
    putState();
    const { exitCode, stdout, stderr } = await reach(...state, "--out", out);
    expect([exitCode, stdout]).toEqual([0, ""]);
    expect(stderr).toContain(`written: ${out}\n`);
    expect(readFileSync(at(out), "utf8")).toMatch(content);
  });

  test("of a plan with the configuration beside it says where it read what the plan leaves open", async () => {
    const plan = put("stack/plan.json", readFileSync(fixture("networks.plan.json")));
    const alone = await reach("--plan", plan, "--json");
    expect(JSON.parse(alone.stdout).worlds[0].notSeen).toHaveLength(1);
    put("stack/cdk.tf.json", readFileSync(fixture("networks.tf.json")));
    const { stdout, stderr } = await reach("--plan", plan, "--json");
    expect(stderr).toBe("stack/plan.json: what it leaves open is read in stack/cdk.tf.json\n");
    expect(JSON.parse(stdout).worlds[0]).toMatchObject({ title: "who reaches what: networks", notSeen: [] });
  });

  test("of a policy with a mistake and a good one is that of the good one", async () => {
    const block = {
      AllowFromPublic: true,
      Rules: [{ ResourceType: "collection", Resource: ["collection/docs"] }],
    };
    put("policies/good.json", JSON.stringify([block]));
    put("policies/bad.json", JSON.stringify([{ ...block, AllowFromPublic: "yes" }]));
    put("policies/notes.txt", "not looked at");
    const { exitCode, stdout } = await reach("--policies", "policies", "--json");
    expect(exitCode).toBe(0);
    const [world] = JSON.parse(stdout).worlds;
    expect(world.matrix.groups.map((group: { collections: string[] }) => group.collections)).toEqual([
      ["docs"],
    ]);
    expect(world.notSeen).toEqual([expect.stringContaining("policies/bad.json: security policy bad: ")]);
  });
});

describe("one answer", () => {
  test("is told gate by gate, with what is needed besides", async () => {
    putState();
    const { exitCode, stdout } = await reach(...state, "--from", "10.20.3.0/24", "--to", "collection/orders");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      new RegExp(
        [
          "^10\\.20\\.3\\.0/24 -> collection/orders: open",
          "",
          "through apps \\((vpce-\\w+)\\): open",
          "  route +open +10\\.20\\.3\\.0/24 is in vpc-0a1b2c3d4e5f60718, where \\1 is",
          "  security group +open +sg-\\w+ lets in TCP 443 from 10\\.20\\.0\\.0/20",
          "  generation +open +\\1 is a Classic endpoint and serves Classic collections such as orders",
          "  network policy +open +network policy network \\$\\[0\\] .*",
          "",
          "1 more path is shut: --json has it",
          "",
          "needed besides",
          "- data access: .*role/reader \\(data access policy readers\\)",
          "- IAM: aoss:APIAccessAll .*",
          "$",
        ].join("\n"),
      ),
    );
  });

  test("that is shut says at which gate, and what would open it; it is no failure", async () => {
    putState();
    const { exitCode, stdout } = await reach(...state, "--from", "batch", "--to", "dashboard/orders");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^vpce-\w+ -> dashboard\/orders: shut$/m);
    expect(stdout).toMatch(/^ {2}generation +shut +vpce-\w+ is a NEXTGEN endpoint/m);
    expect(stdout).toMatch(/^ +to open it: for Classic collections make an endpoint managed by/m);
  });

  test.each([
    [["--from", "10.20.3.4"], "open", { kind: "cidr", cidr: "10.20.3.4/32" }],
    [["--from", "cidr/10.20.3.0/24"], "open", { kind: "cidr", cidr: "10.20.3.0/24" }],
    [
      ["--from", "10.20.3.0/24", "--vpc", "vpc-0a1b2c3d4e5f60728"],
      "shut",
      { kind: "cidr", cidr: "10.20.3.0/24", vpcId: "vpc-0a1b2c3d4e5f60728" },
    ],
    [["--from", "sg-0a1b2c3d4e5f60713"], "unknown", { kind: "security-group", id: "sg-0a1b2c3d4e5f60713" }],
    [
      ["--from", "sg-0a1b2c3d4e5f60713", "--vpc", "vpc-0a1b2c3d4e5f60718"],
      "open",
      { kind: "security-group", id: "sg-0a1b2c3d4e5f60713", vpcId: "vpc-0a1b2c3d4e5f60718" },
    ],
    [["--from", "pl-0a1b2c3d4e5f60714"], "unknown", { kind: "prefix-list", id: "pl-0a1b2c3d4e5f60714" }],
    [["--from", "apps"], "open", { kind: "endpoint" }],
    [["--from", "endpoint/apps"], "open", { kind: "endpoint" }],
    [["--from", "vpce-0a1b2c3d4e5f60799"], "shut", { kind: "endpoint", id: "vpce-0a1b2c3d4e5f60799" }],
    [["--from", "bedrock.amazonaws.com"], "shut", { kind: "service", service: "bedrock.amazonaws.com" }],
    [
      ["--from", "service/bedrock.amazonaws.com"],
      "shut",
      { kind: "service", service: "bedrock.amazonaws.com" },
    ],
    [["--from", "public"], "shut", { kind: "public" }],
    [
      ["--from", "arn:aws:iam::123456789012:role/reader"],
      "open",
      { kind: "principal", principal: "arn:aws:iam::123456789012:role/reader" },
    ],
    [
      ["--from", "apps", "--as", "arn:aws:iam::123456789012:role/writer"],
      "shut",
      { kind: "endpoint", as: "arn:aws:iam::123456789012:role/writer" },
    ],
  ])("%j to collection/orders is %s", async (args, verdict, from) => {
    putState();
    const { stdout } = await reach(...state, ...args, "--to", "collection/orders", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, verdict, from, to: { name: "orders" } });
  });

  test.each([
    ["open", "10.20.3.0/24", 0, ""],
    ["shut", "10.20.3.0/24", 3, "required: shut, found: open\n"],
    ["open", "10.20.0.0/16", 3, "required: open, found: partly\n"],
    ["shut", "public", 0, ""],
    ["shut", "lambda.amazonaws.com", 0, ""],
  ])("required to be %s, from %s ends with %i", async (verdict, from, code, told) => {
    putState();
    const question = ["--from", from, "--to", "collection/orders", "--require", verdict, "--json"];
    const { exitCode, stdout, stderr } = await reach(...state, ...question);
    expect(exitCode).toBe(code);
    expect(JSON.parse(stdout).from).toBeDefined();
    if (told) expect(stderr).toContain(told);
    else expect(stderr).not.toContain("required");
  });

  test.each([
    [
      ["--from", "public", "--to", "collection/ordres"],
      "no known collection is called ordres, and no policy names it",
      "--to collection/ordres --require shut",
      'did you mean "orders"? name one of the stacks or files',
    ],
    [
      ["--from", "bedrok.amazonaws.com", "--to", "collection/orders"],
      "no policy known here names bedrok.amazonaws.com, nor does AWS document it as a source",
      "--from bedrok.amazonaws.com --require shut",
      'did you mean "bedrock.amazonaws.com"? name one such as',
    ],
  ])("%j is told to be known to nobody, and is not shut for that", async (args, problem, where, remedy) => {
    putState();
    const { exitCode, stdout, stderr } = await reach(...state, ...args, "--require", "shut");
    expect(exitCode).toBe(2);
    expect(stdout).toContain(`${problem}; did you mean "`);
    const [first, ...others] = stderr.slice(stderr.indexOf("error: ")).split("\n");
    expect(first).toBe(`error: ${problem}: it would be shut under any name`);
    expect(others).toEqual([`  ${where}`, expect.stringContaining(`  ${remedy}`), ""]);
  });

  test("that a policy could change which is known after apply only is not taken for shut", async () => {
    const plan = put("plan.json", readFileSync(fixture("new.plan.json")));
    const question = ["--from", "apps", "--to", "collection/orders", "--require", "shut"];
    const { exitCode, stdout } = await reach("--plan", plan, ...question);
    expect(exitCode).toBe(3);
    expect(stdout).toContain("collection/orders: unknown\n");
    expect(stdout).toMatch(/^not known, and decides\n- plan\.json: .*what this network policy says/m);
  });
});

describe("the stacks of the app", () => {
  test("are synthesized and read: no Terraform, no AWS", async () => {
    put("access.yaml", goodAccessFile);
    const { exitCode, stdout } = await aossPrivatelink(["reach"], {
      cwd: at(),
      env: { TERRAFORM_BINARY_NAME: "no-such-terraform" },
    });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^orders \(no collection yet\) +search-apps +–$/m);
    const vpc = ["--vpc", "vpc-0a1b2c3d4e5f60718"];
    const open = await reach(
      "--from",
      "10.20.3.0/24",
      ...vpc,
      "--to",
      "collection/orders",
      "--require",
      "open",
    );
    expect(open.exitCode).toBe(0);
  });

  test("of two Regions are two matrices, and no picture and no question", async () => {
    const other = goodAccessFile
      .replace("version: 1\nstacks:\n", "")
      .replace("search:", "west:")
      .replace("eu-central-1", "eu-west-1")
      .replace("vpc-0a1b2c3d4e5f60718", "vpc-0a1b2c3d4e5f60728");
    put("access.yaml", `${goodAccessFile}${other}`);
    const { stdout } = await reach();
    expect(stdout.match(/^who reaches what: .*$/gm)).toEqual([
      "who reaches what: search (eu-central-1)",
      "who reaches what: west (eu-west-1)",
    ]);
    for (const args of [
      ["--out", "reach.svg"],
      ["--from", "public", "--to", "collection/orders"],
    ]) {
      const { exitCode, stderr } = await reach(...args);
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(
        /^error: 2 accounts or Regions, and .*\n {2}.*eu-central-1 \(search\); .*\n {2}name the stacks/m,
      );
    }
    expect(existsSync(at("reach.svg"))).toBe(false);
    expect((await reach("west", "--from", "public", "--to", "collection/orders")).exitCode).toBe(0);
  });

  /** `b` opens `billing` to the endpoint of `a`, in the same account and Region. */
  const siblings = `version: 1
stacks:
  a:
    region: eu-central-1
    account: "123456789012"
    endpoints:
      apps: {vpc: vpc-0a1b2c3d4e5f60718, subnets: [subnet-0a1b2c3d4e5f60711], allow: [{cidr: 10.20.0.0/16}]}
    grants: [{collections: [orders], from: [apps]}]
  b:
    region: eu-central-1
    account: "123456789012"
    endpoints: {}
    grants: [{collections: [billing], from: [a.apps]}]
`;

  test("add up in an account and Region: one that is named is not answered without the others", async () => {
    put("access.yaml", siblings);
    const { exitCode, stdout, stderr } = await reach(
      ...["a", "--from", "apps", "--to", "collection/billing", "--require", "shut"],
    );
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^ {2}network policy +open +network policy b-private-access /m);
    expect(stderr).toBe("required: shut, found: open\n");
  });

  test("that are named limit the accounts and Regions that are shown", async () => {
    const other = siblings
      .slice(siblings.indexOf("  a:"), siblings.indexOf("  b:"))
      .replace("  a:", "  far:")
      .replace("123456789012", "210987654321")
      .replace("vpc-0a1b2c3d4e5f60718", "vpc-0a1b2c3d4e5f60728");
    put("access.yaml", `${siblings}${other}`);
    const titlesOf = async (...names: readonly string[]) =>
      (await reach(...names)).stdout.match(/^who reaches what: .*$/gm);
    expect(await titlesOf("b")).toEqual(["who reaches what: a, b, far"]);
    expect(await titlesOf("a", "far")).toHaveLength(2);
  });

  test("that are misspelled are told with what was meant", async () => {
    put("access.yaml", goodAccessFile);
    const { exitCode, stdout, stderr } = await reach("serch");
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(
      'error: no stack "serch"\n  aoss-privatelink reach\n  did you mean "search"? stacks: search\n',
    );
  });

  test("of an app without any are told to be missing", async () => {
    const app =
      'require("fs").mkdirSync("out",{recursive:true});require("fs").writeFileSync("out/manifest.json",`{"stacks":{}}`)';
    put("app.js", app);
    put("cdktf.json", JSON.stringify({ app: "node app.js", output: "out" }));
    const { exitCode, stderr } = await reach();
    expect([exitCode, stderr]).toEqual([
      2,
      "error: the app has no stacks\n  aoss-privatelink reach\n  add one, or name files\n",
    ]);
  });
});

test("an access file is told to an app of somebody's own, where there is one", async () => {
  const app =
    'require("fs").mkdirSync("out",{recursive:true});require("fs").writeFileSync("out/manifest.json",`{"stacks":{}}`)';
  put("app.js", app);
  put("cdktf.json", JSON.stringify({ app: "node app.js", output: "out" }));
  const missing = await reach("--file", "nope.yaml");
  expect([missing.exitCode, missing.stderr]).toEqual([
    2,
    "error: there is no such file\n  --file nope.yaml\n  name a file that can be read\n",
  ]);
  put("other.yaml", goodAccessFile);
  expect((await reach("--file", "other.yaml")).stderr).toMatch(
    /^warning: --file is told to the app that cdktf\.json names/,
  );
});
