import path from "node:path";
import { createTwoFilesPatch } from "diff";
import type { CommittedFile } from "../terraform";

/** More of one file is nothing that anybody reads in a log. */
const maxLines = 200;

/** Unknown files that are named: a folder that holds other things has thousands of them. */
const maxUnknown = 20;

/** What differs, file by file: as a patch from what is committed to what it should be, or why a file should not be there. */
export function differenceText(out: string, files: readonly CommittedFile[]): string {
  return linesText(files, (file) => fileText(out, file));
}

const told = {
  current: "unchanged",
  stale: "written",
  missing: "written",
  gone: "removed, its stack is no more; what the stack deployed stays until it is destroyed",
  unknown: "not made by this command; left as it is, and told by --check",
};

/** What was done with each file. */
export function updateText(out: string, files: readonly CommittedFile[]): string {
  return linesText(files, ({ path: name, status }) => `${path.join(out, name)}: ${told[status]}`);
}

/** How many files `--check` found, and how to mend that: writing the folder anew leaves unknown ones as they are. */
export function remedyText(out: string, files: readonly CommittedFile[]): string {
  const unknown = files.filter(({ status }) => status === "unknown").length;
  const others = files.length - unknown;
  const lines = [
    `${others === 1 ? "1 file differs" : `${others} files differ`} from what the stacks are; run aoss-privatelink synth --out ${out} and commit it`,
    unknown === 1
      ? "1 file that no stack makes; move it elsewhere or delete it"
      : `${unknown} files that no stack makes; move them elsewhere or delete them`,
  ].filter((_, index) => [others, unknown][index] !== 0);
  return lines.map((line) => `${out}: ${line}`).join("\n");
}

function linesText(files: readonly CommittedFile[], textOf: (file: CommittedFile) => string): string {
  const unknown = files.filter(({ status }) => status === "unknown");
  const unnamed = new Set(unknown.slice(maxUnknown));
  const texts = files.filter((file) => !unnamed.has(file)).map(textOf);
  return [...texts, ...(unnamed.size > 0 ? [`… ${unnamed.size} more files that no stack makes`] : [])].join(
    "\n",
  );
}

function fileText(out: string, { path: name, status, before = "", after = "" }: CommittedFile): string {
  const file = path.join(out, name);
  if (status === "unknown") return `${file}: unknown, no stack makes it`;
  if (status === "gone") return `${file}: of a stack that is no more`;
  if (withoutReturns(before) === withoutReturns(after) && status === "stale") {
    return `${file}: other line ends, CRLF for LF; say "*.tf.json text eol=lf" in .gitattributes`;
  }
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

/** A checkout on Windows may have changed every line end, of which a patch shows nothing. */
const withoutReturns = (text: string): string => text.replaceAll("\r\n", "\n");
