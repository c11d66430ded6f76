import { isObject } from "./is-object";

/** One message of Terraform's about the configuration or about a call that failed. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  /** The resource that it is about, where Terraform names one. */
  readonly address?: string;
  readonly file?: string;
  readonly line?: number;
}

/**
 * One line of `plan -json` or `apply -json` ("machine-readable UI"). `type` says what it is: `planned_change`,
 * `apply_start`, `apply_complete`, `provision_progress`, `change_summary`, `diagnostic`, `log` and more; new ones
 * may appear in any Terraform release.
 */
export interface UiMessage {
  readonly type: string;
  readonly level: string;
  readonly text: string;
  /** The whole message as Terraform wrote it. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Returns undefined for a line that is no UI message (Terraform prints usage errors as plain text). */
export function parseUiMessage(line: string): UiMessage | undefined {
  if (!line.startsWith("{")) return undefined;
  let fields: unknown;
  try {
    fields = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isObject(fields) || typeof fields["@message"] !== "string") return undefined;
  return {
    type: typeof fields["type"] === "string" ? fields["type"] : "log",
    level: typeof fields["@level"] === "string" ? fields["@level"] : "info",
    text: fields["@message"],
    fields,
  };
}

/** Reads a diagnostic object as `plan -json` and `validate -json` print it. */
export function parseDiagnostic(value: unknown): Diagnostic | undefined {
  if (!isObject(value) || typeof value["summary"] !== "string") return undefined;
  const range = isObject(value["range"]) ? value["range"] : {};
  const start = isObject(range["start"]) ? range["start"] : {};
  return {
    severity: value["severity"] === "warning" ? "warning" : "error",
    summary: value["summary"],
    detail: typeof value["detail"] === "string" ? value["detail"] : "",
    ...(typeof value["address"] === "string" ? { address: value["address"] } : {}),
    ...(typeof range["filename"] === "string" ? { file: range["filename"] } : {}),
    ...(typeof start["line"] === "number" ? { line: start["line"] } : {}),
  };
}

const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

/**
 * Reads diagnostics from Terraform's text for people: the only form `init` has before 1.9, and the form of
 * whatever goes wrong before Terraform knows that JSON was asked for. Text is wrapped at 78 columns there;
 * the wrapping is undone.
 */
export function parseDiagnosticsText(text: string): Diagnostic[] {
  const lines = text
    .replace(COLOUR, "")
    .split(/\r?\n/)
    .map((line) => line.replace(/^[╷│╵] ?/, "").trimEnd());
  const found: Diagnostic[] = [];
  let body: string[] | undefined;
  let head: { severity: Diagnostic["severity"]; summary: string } | undefined;
  const flush = () => {
    if (head && body) found.push({ ...head, ...splitBody(body) });
  };
  for (const line of lines) {
    const start = /^(Error|Warning): (.*)$/.exec(line);
    if (start) {
      flush();
      head = { severity: start[1] === "Warning" ? "warning" : "error", summary: start[2] ?? "" };
      body = [];
    } else {
      body?.push(line);
    }
  }
  flush();
  return found;
}

function splitBody(lines: readonly string[]): Pick<Diagnostic, "detail" | "address" | "file" | "line"> {
  let place: { file: string; line: number } | undefined;
  let address: string | undefined;
  const paragraphs: string[] = [];
  let current = "";
  const flush = () => {
    if (current) paragraphs.push(current);
    current = "";
  };
  for (const line of lines) {
    const on = /^ {2}on (.+) line (\d+)/.exec(line);
    // cdktf writes the path of the construct after the address
    const withAddress = /^ {2}with (.+?)(?: \([^()]*\))?,$/.exec(line);
    if (on) place = { file: on[1] ?? "", line: Number(on[2]) };
    else if (withAddress) address = withAddress[1];
    // the excerpt of the configuration ("   3:   foo = bar") says nothing that file and line do not
    else if (place && /^ *\d+: /.test(line)) continue;
    else if (line === "") flush();
    else if (/^\s/.test(line)) current += `${current ? "\n" : ""}${line}`;
    else current += `${current ? " " : ""}${line}`;
  }
  flush();
  return { detail: paragraphs.join("\n\n"), ...(address ? { address } : {}), ...place };
}
