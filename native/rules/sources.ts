import { checkRuleDescription } from "../../service";
import { json } from "../hcl";
import { given, message, type Rule, ruleOfTexts, ruleOn } from "../message";
import { blockProblem } from "./blocks";
import { wrongIds } from "./ids";

/**
 * Sources that EC2 refuses, or that are wider than somebody may have meant.
 * @param items expression of a list of `{ at, value }`, values being sources
 */
export function wrongSources(items: string): Rule[] {
  const of = (name: string) =>
    `[for one in ${items} : { at = one.at, value = one.value.${name}, anywhere = one.value.allow_anywhere } if one.value.${name} != null]`;
  return [
    notOneKind(items),
    ruleOfTexts(`one in ${of("cidr")}`, blockProblem("one.value", "one.anywhere", "one.at")),
    wrongIds("securityGroup", of("security_group_id")),
    wrongIds("prefixList", of("prefix_list_id")),
    ...wrongDescriptions(of("description")),
  ];
}

function notOneKind(items: string): Rule {
  const count =
    "length([for kind in [one.value.cidr, one.value.security_group_id, one.value.prefix_list_id] : kind if kind != null])";
  const problem = {
    problem: `a source is one of cidr, security_group_id, prefix_list_id; ${given} given`,
    remedy: "name one, and make each a source of its own",
  };
  return ruleOn(`one in ${items}`, message("one.at", problem, { [given]: count }), `${count} != 1`);
}

function wrongDescriptions(items: string): Rule[] {
  const tooLong = message("one.at", checkRuleDescription("x".repeat(256)), { "256": "length(one.value)" });
  const odd = message("one.at", checkRuleDescription(given), {
    [JSON.stringify(given)]: json(`regex(${oddCharacter}, one.value)`),
  });
  return [
    ruleOn(`one in ${items}`, tooLong, "length(one.value) > 255"),
    ruleOn(`one in ${items}`, odd, `length(one.value) <= 255 && can(regex(${oddCharacter}, one.value))`),
  ];
}

/** What EC2 does not take in a description (API reference, IpRange.Description), as RE2 reads it. */
const oddCharacter = JSON.stringify("[^a-zA-Z0-9. _\\-:/()#,@\\[\\]+=&;{}!$*]");

/**
 * The same source twice in one endpoint.
 * @param items expression of a list of `{ at, value }`, values being maps of sources
 */
export function sourcesTwice(items: string): Rule {
  const problem = {
    problem: `source ${given} is allowed already`,
    remedy: "drop one; EC2 refuses the same rule twice",
  };
  const texts =
    '[for source in values(one.value) : source.cidr == null ? coalesce(source.security_group_id, source.prefix_list_id, "?") : try(cidrsubnet(source.cidr, 0, 0), source.cidr)]';
  const pairs = `flatten([for one in ${items} : [for texts in [${texts}] : [for index, text in texts : { at = one.at, text = text, first = index(texts, text) == index }]]])`;
  return ruleOn(`one in ${pairs}`, message("one.at", problem, { [given]: "one.text" }), "!one.first");
}
