import { stringify } from "yaml";
import { defaultWorld, type SandboxCall, type SandboxContents } from "../sandbox";
import { CommandError } from "./command-error";

export interface AskOptions {
  readonly url?: string;
  readonly json?: boolean;
}

/** `sandbox world`: the built-in world, in the form that `--world` reads. */
export function worldCommand({ json }: { readonly json?: boolean }): void {
  console.log(json ? JSON.stringify(defaultWorld, null, 2) : stringify(defaultWorld).trimEnd());
}

/** `sandbox log`: what was called, newest last. */
export async function logCommand(options: AskOptions): Promise<void> {
  const answer = (await ask("log", options)) as { readonly calls: readonly SandboxCall[] };
  if (options.json) return console.log(JSON.stringify(answer, null, 2));
  for (const call of answer.calls) console.log(logLine(call));
}

/** `sandbox dump`: what was made and is there, and what is no longer as the world gave it. */
export async function dumpCommand(options: AskOptions): Promise<void> {
  const answer = (await ask("dump", options)) as { readonly contents: SandboxContents };
  if (options.json) return console.log(JSON.stringify(answer, null, 2));
  const there = Object.entries(answer.contents).filter(([, items]) => items.length > 0);
  console.log(
    there.length === 0 ? "nothing was made or changed" : stringify(Object.fromEntries(there)).trimEnd(),
  );
}

function logLine(call: SandboxCall): string {
  const { time, region, service, operation, status, errorCode, errorMessage } = call;
  const refusal = errorCode === undefined ? "" : `  ${errorCode}: ${errorMessage}`;
  const result = status === 0 ? "reset" : String(status);
  const what = service === "" ? "-" : `${service}:${operation}`;
  return `${time}  ${region || "-"}  ${what.padEnd(40)}  ${result}${refusal}`;
}

async function ask(what: "log" | "dump", { url }: AskOptions): Promise<unknown> {
  const base = url ?? process.env["AWS_ENDPOINT_URL"];
  const where = `aoss-privatelink sandbox ${what}`;
  if (!base) {
    const remedy = "run it where the environment of `aoss-privatelink sandbox` is set, or give --url";
    throw new CommandError("no sandbox is named", where, remedy, 2);
  }
  const fail = (why: string) =>
    new CommandError(
      `no sandbox answers on ${base}: ${why}`,
      where,
      "start one: aoss-privatelink sandbox",
      1,
    );
  if (!URL.canParse(base)) {
    throw new CommandError(`"${base}" is no URL`, where, "give one such as http://127.0.0.1:4566", 2);
  }
  let response: Response;
  try {
    response = await fetch(new URL(`/_sandbox/${what}`, base));
  } catch (error) {
    const { cause, message } = error as {
      readonly cause?: { readonly code?: string };
      readonly message: string;
    };
    throw fail(cause?.code ?? message);
  }
  if (!response.ok) throw fail(`status ${response.status}`);
  return await response.json();
}
