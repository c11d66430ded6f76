import type { Diagnostic } from "./diagnostics";

/** An error that a provider answered, as the log has it. */
interface LoggedError {
  readonly summary: string;
  readonly detail: string;
  readonly type: string;
}

const PROVIDER_ERROR = /^\S+ +\[ERROR\] .*?: Response contains error diagnostic: ?(.*)$/;
const VERTEX_ERROR = /^\S+ +\[ERROR\] vertex "((?:[^"\\]|\\.)*)" error: (.*)$/;

/** A value of hclog's: a Go string in quotes where there are spaces in it, bare otherwise. */
const FIELD = /(?:^|\s)(@?\w+)=("(?:[^"\\]|\\.)*"|\S+)/g;

/**
 * Reads errors from a log of Terraform's at level ERROR (`TF_LOG=ERROR`). The provider's line has the whole text and
 * the type of the resource, Terraform's own line after it has the address; the two are joined by what they say.
 */
export function parseLoggedErrors(log: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  let waiting: LoggedError[] = [];
  for (const line of joined(log)) {
    const fields = PROVIDER_ERROR.exec(line)?.[1];
    if (fields !== undefined) {
      const error = loggedError(fields);
      if (error) waiting.push(error);
      continue;
    }
    const [, vertex, text = ""] = VERTEX_ERROR.exec(line) ?? [];
    if (vertex === undefined) continue;
    const address = addressOf(unquoted(`"${vertex}"`));
    const answered = waiting.filter(({ summary, type }) => isOfType(address, type) && text.includes(summary));
    const errors = answered.length > 0 ? answered : [{ summary: text, detail: "" }];
    found.push(
      ...errors.map(({ summary, detail }) => ({ severity: "error" as const, summary, detail, address })),
    );
    waiting = waiting.filter((one) => !answered.includes(one));
  }
  // Some, as those of a provider that could not be configured, have no address in the log.
  return [
    ...found,
    ...waiting.map(({ summary, detail }) => ({ severity: "error" as const, summary, detail })),
  ];
}

/** A value of several lines stands below its key, each line behind a bar, and the fields after it below that. */
function* joined(log: string): Generator<string> {
  let line: string | undefined;
  let block: string[] | undefined;
  const whole = () => (block ? `${line}${JSON.stringify(block.join("\n"))}` : line);
  for (const next of log.split(/\r?\n/)) {
    const continued = line === undefined ? undefined : /^ +\| ?(.*)$/.exec(next)?.[1];
    if (continued !== undefined) {
      block = [...(block ?? []), continued];
    } else if (line !== undefined && /^ +@?\w+=/.test(next)) {
      line = `${whole()} ${next.trim()}`;
      block = undefined;
    } else {
      const before = whole();
      if (before !== undefined) yield before;
      line = next;
      block = undefined;
    }
  }
  const last = whole();
  if (last !== undefined) yield last;
}

function loggedError(text: string): LoggedError | undefined {
  const fields = new Map([...text.matchAll(FIELD)].map(([, key = "", value = ""]) => [key, unquoted(value)]));
  const summary = fields.get("diagnostic_summary");
  if (summary === undefined) return undefined;
  return {
    summary,
    detail: fields.get("diagnostic_detail") ?? "",
    type: fields.get("tf_resource_type") ?? fields.get("tf_data_source_type") ?? "",
  };
}

/** Go's quotes are those of JSON but for a few escapes, which are left as they are. */
function unquoted(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    return String(JSON.parse(value));
  } catch {
    return value.slice(1, -1).replace(/\\(["\\])/g, "$1");
  }
}

/** While a plan is made or a resource destroyed, the vertex is named after the address and what is done to it. */
const addressOf = (vertex: string): string => vertex.replace(/ \(.*\)$/, "");

const isOfType = (address: string, type: string): boolean => type === "" || address.includes(`${type}.`);
