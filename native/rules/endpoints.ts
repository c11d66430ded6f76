import { checkSecurityGroups, checkSubnets, nobodyMayConnect, quotas } from "../../service";
import { given, message, type Rule, ruleOn, ruleWhen } from "../message";

const many = (count: number, what = "subnet") =>
  Array.from({ length: count }, (_, index) => `${what}-${index}`);

/**
 * Subnets that are too few, too many, or given twice.
 * @param items expression of a list of `{ at, value }`, values being lists of ids
 */
export function wrongSubnets(items: string): Rule[] {
  const { limit } = quotas.subnetsPerEndpoint;
  const none = message("one.at", checkSubnets([]));
  const tooMany = message("one.at", checkSubnets(many(1000)), {
    "1000": "length(one.value)",
    [String(1000 - limit)]: `length(one.value) - ${limit}`,
  });
  return [
    ruleOn(
      `one in ${items}`,
      `length(one.value) < 1 ? ${none} : ${tooMany}`,
      `length(one.value) < 1 || length(one.value) > ${limit}`,
    ),
    twice(items, message("one.at", checkSubnets([given, given]), { [given]: "one.value" })),
  ];
}

/**
 * Security groups kept elsewhere that are too many, beside an own one or not, or given twice.
 * @param items expression of a list of `{ at, value, own }`
 */
export function wrongSecurityGroups(items: string): Rule[] {
  const { limit } = quotas.securityGroupsPerEndpoint;
  const told = (own: boolean) =>
    message("one.at", checkSecurityGroups(many(1000), own), {
      "1000": "length(one.value)",
      [String(1000 - limit + (own ? 1 : 0))]: `length(one.value) - ${limit - (own ? 1 : 0)}`,
    });
  return [
    ruleOn(
      `one in ${items}`,
      `one.own ? ${told(true)} : ${told(false)}`,
      `length(one.value) > ${limit} - (one.own ? 1 : 0)`,
    ),
    twice(items, message("one.at", checkSecurityGroups([given, given], false), { [given]: "one.value" })),
  ];
}

function twice(items: string, told: string): Rule {
  const pairs = `flatten([for one in ${items} : [for index, id in one.value : { at = one.at, value = id, first = index(one.value, id) == index }]])`;
  return ruleOn(`one in ${pairs}`, told, "!one.first");
}

/** Rules over all endpoints that are made, `local.endpoints`. */
export function wrongEndpoints(): Rule[] {
  const limit = quotas.managedEndpointsPerAccount.limit;
  const named = `[for key, one in local.endpoints : { at = key, value = one.vpc_id, name = local.endpoint_names[key], generation = one.generation }]`;
  // Terraform looks into what is done with an item also where there is none.
  const first = (same: string) => `try([for other in ${named} : other.at if ${same}][0], "")`;
  const sameVpc = "other.value == one.value && other.generation == one.generation";
  const inVpc = (generation: "classic" | "nextgen") =>
    message(
      '"endpoints.${one.at}: "',
      generation === "nextgen"
        ? {
            problem: `VPC ${given} has an endpoint for nextgen collections already, FIRST`,
            remedy: "the private DNS names of two would conflict: use that endpoint in the grants",
          }
        : {
            problem: `VPC ${given} has an endpoint already, FIRST`,
            remedy: "a VPC takes one: use that endpoint in the grants",
          },
      { [given]: "one.value", FIRST: first(sameVpc) },
    );
  const sameName = 'other.name == one.name && other.generation == "classic"';
  const nameTwice = message(
    '"endpoints.${one.at}: "',
    {
      problem: `endpoint name "${given}" is used already, by FIRST`,
      remedy: "give it another name; names are unique in an account and Region",
    },
    { [given]: "one.name", FIRST: first(sameName) },
  );
  const tooMany = message('""', {
    problem: `more than ${limit} endpoints in one account, one Region`,
    remedy: "move some to another account or Region; AWS does not raise this quota",
  });
  const nameAndTag = {
    problem: "name and the tag Name: the name of a nextgen endpoint is its tag Name",
    remedy: "leave out one of them",
  };
  return [
    ruleOn(
      "key, one in local.endpoints",
      message('"endpoints.${key}: "', nobodyMayConnect),
      "length(one.allow) + length(one.security_group_ids) == 0",
    ),
    ruleOn(
      `one in ${named}`,
      `one.generation == "nextgen" ? ${inVpc("nextgen")} : ${inVpc("classic")}`,
      `${first(sameVpc)} != one.at`,
    ),
    ruleOn(
      `one in ${named}`,
      nameTwice,
      `one.generation == "classic" ? ${first(sameName)} != one.at : false`,
    ),
    ruleWhen(
      `length([for one in values(local.endpoints) : one if one.generation == "classic"]) > ${limit}`,
      tooMany,
    ),
    ruleOn(
      "key, one in local.endpoints",
      message('"endpoints.${key}: "', nameAndTag),
      'one.generation == "nextgen" && one.name != null && contains(keys(local.endpoint_tags[key]), "Name")',
    ),
  ];
}
