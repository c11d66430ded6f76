import { given, message, type Rule, ruleOn } from "../message";

/** What is no generation. `items` is a list of `{ at, value }`. */
export function wrongGeneration(items: string): Rule {
  const problem = {
    problem: `generation "${given}": no such generation`,
    remedy: "allowed: classic, nextgen",
  };
  return ruleOn(
    `one in ${items}`,
    message("one.at", problem, { [given]: "one.value" }),
    '!contains(["classic", "nextgen"], one.value)',
  );
}

/** Keys of a map that would make no clear address. */
export function wrongKeys(what: string, map: string): Rule {
  const problem = {
    problem: `key "${given}" of ${what}: 1 to 64 of a-z, A-Z, 0-9, "_" and "-" are allowed`,
    remedy: "use another key",
  };
  return ruleOn(
    `key in keys(${map})`,
    message('""', problem, { [given]: "key" }),
    '!can(regex("^[A-Za-z0-9_-]{1,64}$", key))',
  );
}
