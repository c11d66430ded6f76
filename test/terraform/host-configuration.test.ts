import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeHostConfiguration } from "../../terraform";

const services = { "tfe.v2": "http://localhost:8080/api/v2/" };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-host-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What is written where the user has this configuration; undefined if nothing is. */
function written(user: string | undefined): string | undefined {
  const named = path.join(folder, "user.tfrc");
  if (user !== undefined) writeFileSync(named, user);
  const made = writeHostConfiguration("app.terraform.io", services, {
    TF_CLI_CONFIG_FILE: named,
    HOME: folder,
  });
  if (!made) return undefined;
  const file = String(made.env["TF_CLI_CONFIG_FILE"]);
  const content = readFileSync(file, "utf8");
  // Tokens may be in it.
  expect(statSync(file).mode & 0o077).toBe(0);
  made.dispose();
  expect(existsSync(file)).toBe(false);
  return content;
}

const host = `
host "app.terraform.io" {
  services = {
    "tfe.v2" = "http://localhost:8080/api/v2/"
  }
}
`;

test("the services of a host stand beside all that the user has", () => {
  const user = 'credentials "app.terraform.io" {\n  token = "t"\n}\nplugin_cache_dir = "/cache"\n';
  expect(written(user)).toBe(`${user}${host}`);
});

test("without a configuration of the user's there is the host alone", () => {
  expect(written(undefined)?.trim()).toBe(host.trim());
});

test("a configuration in JSON stays one", () => {
  const user = { plugin_cache_dir: "/cache", host: { "tfe.acme.com": { services: {} } } };
  expect(JSON.parse(written(JSON.stringify(user)) ?? "")).toEqual({
    plugin_cache_dir: "/cache",
    host: { "tfe.acme.com": { services: {} }, "app.terraform.io": { services } },
  });
  expect(written("{ not JSON")).toBeUndefined();
});
