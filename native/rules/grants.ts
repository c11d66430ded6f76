import {
  checkGrant,
  checkServes,
  checkService,
  checkSourceService,
  refusedServices,
  servicePattern,
} from "../../service";
import { matches } from "../hcl";
import { given, message, type Rule, ruleOfTexts, ruleOn } from "../message";

/** Names of services that are none. `items` is a list of `{ at, value }`. */
export const wrongServices = (items: string): Rule =>
  ruleOn(
    `one in ${items}`,
    message("one.at", checkService(given), { [given]: "one.value" }),
    `!${matches(servicePattern, "one.value")}`,
  );

/** Services that AWS refuses as sources. `items` is a list of `{ at, value }`. */
export function refusedSources(items: string): Rule {
  const [refused = ""] = refusedServices;
  return ruleOn(
    `one in ${items}`,
    message("one.at", checkSourceService(refused), { [refused]: "one.value" }),
    `contains(${JSON.stringify(refusedServices)}, one.value)`,
  );
}

/** Grants that grant nothing, or to nobody, among `local.network_grants`. */
export function wrongGrants(): Rule {
  const parts = { collections: 1, dashboards: false, endpoints: 1, services: 1 };
  const told = (wrong: Partial<typeof parts>) => message('"${one.at}: "', checkGrant({ ...parts, ...wrong }));
  const judged = [
    `length(one.collections) == 0 ? ${told({ collections: 0 })}`,
    `length(one.from) + length(one.services) == 0 ? ${told({ endpoints: 0, services: 0 })}`,
    `one.dashboards && length(one.from) == 0 ? ${told({ dashboards: true, endpoints: 0 })}`,
    '""',
  ].join(" : ");
  return ruleOfTexts("one in local.network_grants", judged);
}

/** What `from` of a grant names that is neither a key of an endpoint nor an id. */
export function unknownEndpoints(): Rule {
  const keys = "concat(keys(local.endpoints), keys(var.existing_endpoints))";
  const items =
    "flatten([for one in local.network_grants : [for from in one.from : { at = one.at, from = from }]])";
  const problem = {
    problem: `no endpoint "${given}" in this module`,
    remedy: "defined: KEYS; or give a vpce- id",
  };
  const told = message('"${one.at}.from: "', problem, {
    [given]: "one.from",
    KEYS: `length(${keys}) == 0 ? "none" : join(", ", ${keys})`,
  });
  return ruleOn(`one in ${items}`, told, `!contains(${keys}, one.from) && !startswith(one.from, "vpce-")`);
}

/** Collections that are opened to endpoints which do not serve them: those made here are all of generation classic. */
export function otherGenerations(): Rule {
  const generations =
    "merge({ for key, one in local.endpoints : key => one.generation }, { for key, one in var.existing_endpoints : key => one.generation })";
  const items = `flatten([for name, one in var.collections : [for from in one.from : { name = name, from = from, serves = lookup(${generations}, from, null) }]])`;
  const problem = checkServes(
    { name: "FROM", generation: "nextgen" },
    { name: "NAME", generation: "classic" },
  );
  const told = message('"collections.${one.name}.from: "', problem, { FROM: "one.from", NAME: "one.name" });
  return ruleOn(`one in ${items}`, told, 'one.serves == null ? false : one.serves == "nextgen"');
}
