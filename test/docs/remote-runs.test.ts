import { readFileSync } from "node:fs";
import path from "node:path";
import { parseAccessFile } from "../../config";
import { projectFolder } from "../support/command";

const page = readFileSync(path.join(projectFolder, "docs", "remote-runs.md"), "utf8");
const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = ""]) => text);

test.each(examples.map((text, index) => [index + 1, text] as const))(
  "access file %d of the page is right, and none of what it says is likely a mistake",
  (_index, text) => {
    expect(parseAccessFile(text, "access.yaml").warnings.map(({ problem }) => problem)).toEqual([]);
  },
);

test("the page shows each backend but a file", () => {
  const kinds = examples.flatMap((text) =>
    Object.values(parseAccessFile(text, "access.yaml").access.stacks).flatMap(({ backend }) =>
      Object.keys(backend ?? {}),
    ),
  );
  expect(kinds.sort()).toEqual(["cloud", "http", "s3"]);
});
