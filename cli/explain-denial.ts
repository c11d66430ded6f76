import { existsSync } from "node:fs";
import { isatty } from "node:tty";
import { accessFilePath, loadAccessFile, permissionScopeOf } from "../config";
import { denialJson, denialText, explainFailure, explainsNothing } from "../review";
import type { PermissionScope } from "../service";
import { type DeniedCall, deniedCallsIn, diagnosticsIn } from "../terraform";
import { CommandError } from "./command-error";
import { contentOf } from "./plan-input";

export interface ExplainDenialOptions {
  readonly file?: string;
  readonly json?: boolean;
}

/** `explain-denial [text]`: what permissions a run lacked that was made elsewhere, by what it printed. */
export function explainDenialCommand(text: string | undefined, options: ExplainDenialOptions): void {
  if (text === "" || (text === undefined && isatty(0))) {
    throw new CommandError(
      "no text is named",
      "the command line",
      "name a file with what the run printed, or pipe it in: … 2>&1 | aoss-privatelink explain-denial",
      2,
    );
  }
  const isPiped = text === undefined || text === "-";
  const printed = decoded(contentOf(isPiped ? 0 : text));
  const name = isPiped ? "standard input" : text;
  const diagnostics = diagnosticsIn(printed);
  const scope = scopeFor(deniedCallsIn(diagnostics), options.file);
  const explanation = explainFailure(diagnostics, scope === undefined ? {} : { scope });
  if (options.json) {
    console.log(JSON.stringify(denialJson(explanation), null, 2));
  } else if (explainsNothing(explanation)) {
    console.error(`${name}: ${nothingFound(printed)}`);
  } else {
    const told = options.file === undefined ? "" : ` --file ${options.file}`;
    const wholePolicy = scope && `aoss-privatelink permissions${told}`;
    console.log(denialText(explanation, wholePolicy ? { wholePolicy } : {}));
  }
}

/** Words of a denial, in whatever form. */
const denialWords = /access ?denied|not authorized to perform|unauthorized ?operation/i;

/** Where nothing was denied, or where that cannot be said: a log without its errors looks the same at first. */
function nothingFound(printed: string): string {
  if (printed.trim() === "") {
    return "it is empty; Terraform and cdktf print errors to standard error: add 2>&1 to what writes the log";
  }
  if (denialWords.test(printed)) {
    return "something was denied, but not in words of AWS that are known here; give the whole error, with the lines that begin with Error:";
  }
  return "AWS denied nothing in this text, and no endpoint was lost";
}

/** What Windows writes into files is UTF-16 as often as not. */
function decoded(content: Buffer): string {
  return content[0] === 0xff && content[1] === 0xfe ? content.toString("utf16le") : content.toString("utf8");
}

/** What the access file takes permissions for, in the account of those who were denied. */
function scopeFor(denied: readonly DeniedCall[], named: string | undefined): PermissionScope | undefined {
  if (named === "") {
    throw new CommandError(
      "--file is empty",
      "the command line",
      "name an access file, or leave --file out",
      2,
    );
  }
  const file = named ?? accessFilePath();
  if (named === undefined && !existsSync(file)) return undefined;
  const accounts = new Set(denied.flatMap(({ principal }) => /::(\d{12}):/.exec(principal ?? "")?.[1] ?? []));
  const stacks = Object.entries(loadAccessFile(file).access.stacks).filter(
    ([, { account }]) => account === undefined || accounts.size === 0 || accounts.has(account),
  );
  const scope = permissionScopeOf(Object.fromEntries(stacks));
  return scope.features.length === 0 ? undefined : scope;
}
