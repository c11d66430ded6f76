import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { decidesProviderInstallation } from "../../terraform/cli-configuration";
import { findMirrors, goPlatform, mirrorSearchFolders } from "../../terraform/mirror-folders";
import { probeProviderInstallation } from "../../terraform/provider-installation";
import { Terraform } from "../../terraform/terraform";
import {
  fakeMirror,
  fakeTerraform,
  NO_SUCH_RELEASE,
  REGISTRY,
  removeTemporaryFolders,
  temporaryFolder,
  UNREACHABLE,
} from "./fake-terraform";

afterEach(removeTemporaryFolders);

/** Fails like an unreachable registry unless a CLI configuration names a mirror; keeps what it was given. */
function offline(then = "process.exit(0);") {
  const seen = join(temporaryFolder(), "seen.tfrc");
  const fake = fakeTerraform(`
if (env.TF_CLI_CONFIG_FILE && fs.readFileSync(env.TF_CLI_CONFIG_FILE, "utf8").includes("filesystem_mirror")) {
  fs.copyFileSync(env.TF_CLI_CONFIG_FILE, ${JSON.stringify(seen)});
  fs.writeFileSync(${JSON.stringify(`${seen}.env`)}, JSON.stringify(env));
  ${then}
}
complain(${JSON.stringify(UNREACHABLE)});
process.exit(1);`);
  return {
    fake,
    binary: { path: fake.path, version: "1.11.4" },
    configuration: () => readFileSync(seen, "utf8"),
    env: () => JSON.parse(readFileSync(`${seen}.env`, "utf8")) as Record<string, string>,
  };
}

describe("where a mirror is looked for", () => {
  test("TF_PLUGIN_CACHE_DIR comes first, then what Terraform implies on Linux", () => {
    const env = { HOME: "/home/ada", TF_PLUGIN_CACHE_DIR: "/cache", XDG_DATA_DIRS: "/a:/b" };
    expect(mirrorSearchFolders({ env, platform: "linux", cwd: "/stack" })).toEqual({
      folders: [
        "/cache",
        "/stack/terraform.d/plugins",
        "/home/ada/.terraform.d/plugins",
        "/home/ada/.local/share/terraform/plugins",
        "/a/terraform/plugins",
        "/b/terraform/plugins",
      ],
      roots: ["/opt", "/usr/share", "/usr/local/share", "/var/lib"],
    });
  });

  test("on macOS the Application Support folders take the place of XDG's", () => {
    const { folders } = mirrorSearchFolders({
      env: { HOME: "/Users/ada" },
      platform: "darwin",
      cwd: "/stack",
    });
    expect(folders.slice(1)).toEqual([
      "/Users/ada/.terraform.d/plugins",
      "/Users/ada/Library/Application Support/io.terraform/plugins",
      "/Library/Application Support/io.terraform/plugins",
    ]);
  });

  test("a folder one level below a root is found, one two levels below is not", () => {
    const root = temporaryFolder();
    const mirror = fakeMirror(join(root, "plugins"), goPlatform());
    fakeMirror(join(root, "deep", "deeper"), goPlatform());
    expect(findMirrors({ folders: [], roots: [root] })).toEqual([{ folder: mirror, versions: ["5.100.0"] }]);
  });

  test("a mirror with packed releases counts", () => {
    const folder = temporaryFolder();
    const provider = join(folder, "registry.terraform.io/hashicorp/aws");
    mkdirSync(provider, { recursive: true });
    writeFileSync(join(provider, `terraform-provider-aws_6.1.0_${goPlatform()}.zip`), "");
    expect(findMirrors({ folders: [folder], roots: [] })).toEqual([{ folder, versions: ["6.1.0"] }]);
  });

  test("a mirror for another platform does not count", () => {
    const folder = fakeMirror(temporaryFolder(), "plan9_mips");
    expect(findMirrors({ folders: [folder], roots: [] })).toEqual([]);
  });
});

describe("init without a network", () => {
  test("the mirror serves, one line says which, and no file is left behind", async () => {
    const folder = fakeMirror(temporaryFolder(), goPlatform());
    const { binary, fake, configuration, env } = offline();
    const lines: string[] = [];
    const terraform = new Terraform({
      cwd: temporaryFolder(),
      env: { HOME: temporaryFolder(), TF_PLUGIN_CACHE_DIR: folder },
      binary,
      onProgress: ({ text }) => lines.push(text),
    });
    await expect(terraform.init()).resolves.toEqual({
      mirror: { folder, versions: ["5.100.0"] },
      upgraded: false,
    });
    expect(fake.calls()).toEqual(["init -input=false -no-color", "init -input=false -no-color"]);
    expect(configuration()).toContain(`path    = "${folder}"`);
    expect(lines).toEqual([
      `${REGISTRY} cannot be reached: the AWS provider comes from the mirror ${folder}`,
    ]);
    // Terraform refuses to install from a folder that is its cache as well
    expect(env()["TF_PLUGIN_CACHE_DIR"]).toBe("");
    expect(existsSync(dirname(env()["TF_CLI_CONFIG_FILE"] ?? "/"))).toBe(false);
  });

  test("that a mirror serves is told once, however many stacks it serves, and told of another mirror again", async () => {
    const mirrors = [temporaryFolder(), temporaryFolder()].map((folder) => fakeMirror(folder, goPlatform()));
    const { binary } = offline();
    const lines: string[] = [];
    const initFrom = async (folder: string) => {
      const search = { folders: [folder], roots: [] };
      const onProgress = ({ text }: { readonly text: string }) => lines.push(text);
      return new Terraform({ cwd: temporaryFolder(), binary, search, onProgress }).init();
    };
    const [first = "", second = ""] = mirrors;
    for (const folder of [first, first, second, first]) {
      expect((await initFrom(folder)).mirror?.folder).toBe(folder);
    }
    expect(lines).toEqual(
      [first, second].map(
        (folder) => `${REGISTRY} cannot be reached: the AWS provider comes from the mirror ${folder}`,
      ),
    );
  });

  test("a mirror is not even looked for if init works", async () => {
    const fake = fakeTerraform("");
    const folder = fakeMirror(temporaryFolder(), goPlatform());
    const terraform = new Terraform({
      cwd: temporaryFolder(),
      binary: { path: fake.path, version: "1.11.4" },
      search: { folders: [folder], roots: [] },
    });
    await expect(terraform.init()).resolves.toEqual({ upgraded: false });
    expect(fake.calls()).toHaveLength(1);
  });

  test("without any mirror the error says which host to allow", async () => {
    const { binary } = offline();
    const terraform = new Terraform({ cwd: temporaryFolder(), binary, search: { folders: [], roots: [] } });
    await expect(terraform.init()).rejects.toMatchObject({
      problem: expect.stringContaining(`could not connect to ${REGISTRY}`),
      remedy: expect.stringContaining(`allow ${REGISTRY} through`),
      command: "init",
      exitCode: 1,
    });
  });

  test("a mirror that lacks the release gives way to the next one", async () => {
    const [old, recent] = [temporaryFolder(), temporaryFolder()];
    fakeMirror(old, goPlatform(), "4.0.0");
    fakeMirror(recent, goPlatform());
    const { binary } = offline(`
const text = fs.readFileSync(env.TF_CLI_CONFIG_FILE, "utf8");
if (text.includes(${JSON.stringify(old)})) { complain(${JSON.stringify(NO_SUCH_RELEASE)}); process.exit(1); }
process.exit(0);`);
    const search = { folders: [old, recent], roots: [] };
    const { mirror } = await new Terraform({ cwd: temporaryFolder(), binary, search }).init();
    expect(mirror?.folder).toBe(recent);
  });

  test("if no mirror has the release, the error names the mirror and what it holds", async () => {
    const folder = fakeMirror(temporaryFolder(), goPlatform());
    const { binary } = offline(`complain(${JSON.stringify(NO_SUCH_RELEASE)}); process.exit(1);`);
    const search = { folders: [folder], roots: [] };
    await expect(new Terraform({ cwd: temporaryFolder(), binary, search }).init()).rejects.toMatchObject({
      where: expect.stringContaining(`with the mirror ${folder} (5.100.0)`),
      remedy: expect.stringContaining("add a release that meets it to the mirror"),
    });
  });

  test("the user's credentials are kept, in a file that only the owner can read", async () => {
    const home = temporaryFolder();
    writeFileSync(
      join(home, ".terraformrc"),
      'plugin_cache_dir = "/x"\ncredentials "hcp.example.com" {\n  token = "t"\n}\n# provider_installation {}\n',
    );
    const folder = fakeMirror(temporaryFolder(), goPlatform());
    const { binary, configuration } = offline(
      'if (fs.statSync(env.TF_CLI_CONFIG_FILE).mode & 0o077) { complain("open to others"); process.exit(9); } process.exit(0);',
    );
    const search = { folders: [folder], roots: [] };
    await new Terraform({ cwd: temporaryFolder(), binary, search, env: { HOME: home } }).init();
    expect(configuration()).toContain('credentials "hcp.example.com" {\n  token = "t"\n}');
    expect(configuration()).toContain('# plugin_cache_dir = "/x"');
  });

  test("a user's own provider_installation is a decision: it stays, and the error says so", async () => {
    const file = join(temporaryFolder(), "mine.tfrc");
    writeFileSync(file, "provider_installation {\n  direct {}\n}\n");
    const folder = fakeMirror(temporaryFolder(), goPlatform());
    const { binary, fake } = offline();
    const search = { folders: [folder], roots: [] };
    const env = { TF_CLI_CONFIG_FILE: file };
    await expect(new Terraform({ cwd: temporaryFolder(), binary, search, env }).init()).rejects.toThrow(
      `your CLI configuration sets provider_installation: let it use ${folder}, or remove that block`,
    );
    expect(fake.calls()).toHaveLength(1);
  });

  test.each([
    ["provider_installation {\n}", true],
    ['{"provider_installation": {}}', true],
    ["/* provider_installation { } */", false],
    ['plugin_cache_dir = "/provider_installation"', false],
  ])("whether %j decides where providers come from", (text, expected) => {
    expect(decidesProviderInstallation(text)).toBe(expected);
  });
});

describe("the probe for a command that runs init itself", () => {
  test("where there is no mirror no process is started", async () => {
    const fake = fakeTerraform("process.exit(1);");
    const search = { folders: [], roots: [temporaryFolder()] };
    await expect(probeProviderInstallation({ binary: fake.path, search })).resolves.toBeUndefined();
    expect(() => fake.calls()).toThrow("ENOENT");
  });

  test("a registry that answers means that nothing is needed", async () => {
    const fake = fakeTerraform(`complain(${JSON.stringify(NO_SUCH_RELEASE)}); process.exit(1);`);
    const search = { folders: [fakeMirror(temporaryFolder(), goPlatform())], roots: [] };
    await expect(probeProviderInstallation({ binary: fake.path, search })).resolves.toBeUndefined();
  });

  test("a registry that cannot be reached means a CLI configuration, there until it is disposed of", async () => {
    const { fake } = offline();
    const folder = fakeMirror(temporaryFolder(), goPlatform());
    const env = { HOME: temporaryFolder(), TF_DATA_DIR: "/user's", TF_WORKSPACE: "prod" };
    const found = await probeProviderInstallation({
      binary: fake.path,
      env,
      search: { folders: [folder], roots: [] },
    });
    expect(found?.mirror.folder).toBe(folder);
    const file = found?.env["TF_CLI_CONFIG_FILE"] ?? "";
    expect(readFileSync(file, "utf8")).toContain(folder);
    found?.dispose();
    expect(existsSync(file)).toBe(false);
  });
});
