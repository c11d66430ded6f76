import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { aossPrivatelink, projectFolder } from "./command";

/** A folder of its own for each test of a file, with the command running in it. */
export function reachFolder() {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-reach-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const at = (name = "") => path.join(folder, name);
  const put = (name: string, text: string | Buffer) => {
    mkdirSync(path.dirname(at(name)), { recursive: true });
    writeFileSync(at(name), text);
    return name;
  };
  return {
    at,
    put,
    reach: (...args: readonly string[]) => aossPrivatelink(["reach", ...args], { cwd: folder }),
    putState: () => put("state.json", readFileSync(fixture("first.state.json"))),
  };
}

/** One of the plans, states and policies that the readers are tested with. */
export const fixture = (name: string): string =>
  path.join(projectFolder, "test", "review", "world", "fixtures", name);

/** What names the state that `putState` puts. */
export const state: readonly string[] = ["--state", "state.json"];
