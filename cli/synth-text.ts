import path from "node:path";
import { createTwoFilesPatch } from "diff";
import type { CommittedFile } from "../terraform";

/** More of one file is nothing that anybody reads in a log. */
const maxLines = 200;

/** What differs, file by file: as a patch from what is committed to what it should be, or why a file should not be there. */
export function differenceText(out: string, files: readonly CommittedFile[]): string {
  return files.map((file) => fileText(out, file)).join("\n");
}

function fileText(out: string, { path: name, status, before = "", after = "" }: CommittedFile): string {
  const file = path.join(out, name);
  if (status === "unknown") return `${file}: unknown, no stack makes it`;
  if (status === "gone") return `${file}: of a stack that is no more`;
  const committed = status === "missing" ? "/dev/null" : `${file} (committed)`;
  const lines = createTwoFilesPatch(committed, `${file} (synthesized)`, before, after, "", "", {
    context: 3,
  })
    .trimEnd()
    .split("\n")
    .filter((line) => !/^=+$/.test(line));
  const cut = lines.length - maxLines;
  const shown = cut > 0 ? [...lines.slice(0, maxLines), `… ${cut} more lines`] : lines;
  const what = status === "missing" ? "missing" : "not what the stack is: stale, or edited by hand";
  return [`${file}: ${what}`, ...shown].join("\n");
}
