import { type Diagnostic, parseDiagnostic, parseDiagnosticsText, parseUiMessage } from "./diagnostics";
import { parseLoggedErrors } from "./provider-log";

// biome-ignore lint/suspicious/noControlCharactersInRegex: what colours begin with
const COLOUR = /\u001b\[[0-9;]*[A-Za-z]/g;

/** What stands before the frame that Terraform draws around an error: a stack's name, a time, the name of a step. */
const BEFORE_FRAME = /^[^╷│╵]*([╷│╵])/;

/** What CI systems put before each line. */
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) /;

/** Lines that `parseLoggedErrors` reads. */
const LOGGED = /^\S+ +\[ERROR\] (?:vertex "|.*: Response contains error diagnostic:)/;

/**
 * Reads the errors in any text that Terraform or a program above it wrote: what `cdktf deploy` prints, the log of a
 * CI run, of HCP Terraform in JSON lines, of `TF_LOG`. Errors without a frame (`-no-color` in old logs, the AWS CLI's)
 * are found too; text in which there is no error at all comes back as one whose detail is the text.
 */
export function diagnosticsIn(text: string): readonly Diagnostic[] {
  const lines = text.replace(COLOUR, "").split(/\r?\n/);
  const framed: string[] = [];
  const json: Diagnostic[] = [];
  const rest: string[] = [];
  for (const line of lines) {
    const message = line.includes('{"@') ? parseUiMessage(line.slice(line.indexOf('{"@'))) : undefined;
    if (message) {
      const diagnostic = parseDiagnostic(message.fields["diagnostic"]);
      if (diagnostic?.severity === "error") json.push(diagnostic);
    } else if (BEFORE_FRAME.test(line)) framed.push(line.replace(BEFORE_FRAME, "$1"));
    else rest.push(line);
  }
  const unframed = rest.join("\n");
  const unlogged = withoutNames(
    rest.filter((line) => !LOGGED.test(line)).map((line) => line.replace(TIME, "")),
  );
  const loose = parseDiagnosticsText(unlogged.join("\n"));
  const found = [
    ...json,
    ...parseDiagnosticsText(framed.join("\n")),
    ...parseLoggedErrors(unframed),
    // What is no error of Terraform's, or stands before the first one.
    { severity: "error" as const, summary: "", detail: beforeFirst(unlogged) },
    ...loose,
  ];
  return found.filter(({ severity, summary, detail }) => severity === "error" && (summary + detail).trim());
}

/** cdktf puts the name of the stack before the first line of a message, and as much room before the others. */
function withoutNames(lines: readonly string[]): readonly string[] {
  let width = 0;
  return lines.map((line) => {
    const name = /^(?:\S+ {2}| +)(?=(?:Error|Warning): )/.exec(line)?.[0];
    if (name !== undefined) width = name.length;
    else if (line.slice(0, width).trim() !== "") width = 0;
    return line.slice(width);
  });
}

function beforeFirst(lines: readonly string[]): string {
  const first = lines.findIndex((line) => /^(?:Error|Warning): /.test(line));
  return lines.slice(0, first < 0 ? lines.length : first).join("\n");
}
