import { chmodSync, mkdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { findBinary, findTerraform } from "../../terraform/binary";
import { fakeTerraform, removeTemporaryFolders, temporaryFolder, writeExecutable } from "./fake-terraform";

const answer = (version: string) => `say({ terraform_version: "${version}", platform: "linux_amd64" });`;
const find = (path: string, cacheFile: string) =>
  findTerraform({ env: { ...process.env, TERRAFORM_BINARY_NAME: path }, cacheFile });

/** As large as Terraform: a shell stops reading at `exit`, and the hole behind it takes no disk. */
function largeTerraform(version: string) {
  const folder = temporaryFolder();
  const log = join(folder, "calls.log");
  const path = writeExecutable(
    join(folder, "terraform"),
    `#!/bin/sh\necho call >> ${log}\necho '{"terraform_version":"${version}"}'\nexit 0\n`,
  );
  truncateSync(path, 41 * 1024 * 1024);
  return { path, calls: () => readFileSync(log, "utf8").trim().split("\n") };
}

afterEach(removeTemporaryFolders);

describe("finding the binary", () => {
  test("the first terraform on PATH is taken", () => {
    const fake = fakeTerraform("");
    expect(findBinary({ PATH: `${temporaryFolder()}:${dirname(fake.path)}` })).toBe(fake.path);
  });

  test("TERRAFORM_BINARY_NAME names another one on PATH", () => {
    const tofu = fakeTerraform("", "tofu");
    expect(findBinary({ PATH: dirname(tofu.path), TERRAFORM_BINARY_NAME: "tofu" })).toBe(tofu.path);
  });

  test("TERRAFORM_BINARY_NAME may be a path", () => {
    const fake = fakeTerraform("");
    expect(findBinary({ PATH: "", TERRAFORM_BINARY_NAME: fake.path })).toBe(fake.path);
  });

  test("without any terraform the error says what was looked for and what to set", () => {
    expect(() => findBinary({ PATH: temporaryFolder() })).toThrow(
      expect.objectContaining({
        problem: "Terraform is not installed",
        where: "looked for terraform in the folders of PATH",
        remedy: expect.stringContaining("TERRAFORM_BINARY_NAME"),
      }),
    );
  });

  test("a TERRAFORM_BINARY_NAME that is nowhere is named in the error", () => {
    const env = { PATH: temporaryFolder(), TERRAFORM_BINARY_NAME: "terrafrom" };
    expect(() => findBinary(env)).toThrow("no such binary: terrafrom, named by TERRAFORM_BINARY_NAME");
  });

  test("a file that may not be executed is told apart from a missing one", () => {
    const fake = fakeTerraform("");
    chmodSync(fake.path, 0o644);
    expect(() => findBinary({ PATH: dirname(fake.path) })).toThrow(`chmod +x ${fake.path}`);
  });

  test("a folder called terraform is passed over", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "terraform"));
    const fake = fakeTerraform("");
    expect(findBinary({ PATH: `${folder}:${dirname(fake.path)}` })).toBe(fake.path);
  });
});

describe("the version check", () => {
  test.each(["1.6.0", "1.11.4", "2.0.0", "1.10.0-beta1"])("%s is new enough", async (version) => {
    const fake = fakeTerraform(answer(version));
    await expect(find(fake.path, join(temporaryFolder(), "c.json"))).resolves.toEqual({
      path: fake.path,
      version,
    });
  });

  test.each(["1.5.7", "0.15.5"])("%s is too old", async (version) => {
    const fake = fakeTerraform(answer(version));
    await expect(find(fake.path, join(temporaryFolder(), "c.json"))).rejects.toThrow(
      `Terraform ${version} is too old: 1.6.0 or newer is needed`,
    );
  });

  test("a binary that is no Terraform is refused with what it said", async () => {
    const fake = fakeTerraform('complain("unknown flag -json"); process.exit(2);');
    await expect(find(fake.path, join(temporaryFolder(), "c.json"))).rejects.toThrow(
      "terraform does not tell its version: unknown flag -json",
    );
  });

  test("a real binary is asked once, and again after it was replaced", async () => {
    const cache = join(temporaryFolder(), "sub", "c.json");
    const shell = largeTerraform("1.9.0");
    await find(shell.path, cache);
    await find(shell.path, cache);
    expect(shell.calls()).toHaveLength(1);
    utimesSync(shell.path, new Date(0), new Date(0));
    await find(shell.path, cache);
    expect(shell.calls()).toHaveLength(2);
  });

  test("the launcher of a version manager is asked every time, since its answer depends on the folder", async () => {
    const fake = fakeTerraform(answer("1.9.0"));
    const cache = join(temporaryFolder(), "c.json");
    await find(fake.path, cache);
    await find(fake.path, cache);
    expect(fake.calls()).toHaveLength(2);
  });

  test("a cache that cannot be written or read is done without", async () => {
    const fake = fakeTerraform(answer("1.9.0"));
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "not json");
    await expect(find(fake.path, file)).resolves.toMatchObject({ version: "1.9.0" });
    await expect(find(fake.path, join(file, "below-a-file"))).resolves.toMatchObject({ version: "1.9.0" });
  });
});
