import { answer, type ReadWorld } from "../review";
import {
  type AccessExplanation,
  type AccessFrom,
  type AccessTo,
  type AccessWorld,
  checkCollectionPattern,
  checkId,
  checkService,
  didYouMean,
  type IdKind,
  type NetworkFrom,
  type Problem,
  parseCidr,
  principalPattern,
} from "../service";
import { CommandError } from "./command-error";

/** What a question may say besides who and what. */
export interface QuestionOptions {
  readonly vpc?: string;
  readonly as?: string;
}

/** Answers `--from` and `--to` gate by gate. */
export function answerQuestion(
  read: ReadWorld,
  from: string,
  to: string,
  options: QuestionOptions,
): AccessExplanation {
  return answer(read, fromOf(read.world, from, options), toOf(read.world, to));
}

function fromOf(world: AccessWorld, given: string, { vpc, as }: QuestionOptions): AccessFrom {
  if (isPrincipal(given.replace(/^principal\//, ""))) {
    if (vpc !== undefined || as !== undefined) {
      wrong(`${vpc === undefined ? "--as" : "--vpc"} beside a principal`, `--from ${given}`, "leave it out");
    }
    return { kind: "principal", principal: given.replace(/^principal\//, "") };
  }
  const source = sourceOf(world, given);
  if (vpc !== undefined && source.kind !== "cidr") {
    wrong("--vpc belongs to an address block", `--from ${given} --vpc ${vpc}`, "leave it out");
  }
  const where = source.kind === "cidr" && vpc !== undefined ? { vpcId: vpcOf(world, vpc) } : {};
  return { ...source, ...where, ...(as === undefined ? {} : { as: principalOf(as) }) };
}

function sourceOf(world: AccessWorld, given: string): NetworkFrom {
  const at = `--from ${given}`;
  if (given === "public" || given === "internet") return { kind: "public" };
  const [, kind = "", value = ""] =
    /^(cidr|security-group|prefix-list|endpoint|service)\/(.+)$/.exec(given) ?? [];
  if (kind === "cidr") return { kind, cidr: cidrOf(value, at) };
  if (kind === "security-group")
    return { kind, id: knownId(world.securityGroups, value, "securityGroup", at) };
  if (kind === "prefix-list") return { kind, id: knownId(world.prefixLists, value, "prefixList", at) };
  if (kind === "endpoint") return { kind, id: endpointOf(world, value) ?? idOf("endpoint", value, at) };
  if (kind === "service" || /\.amazonaws\.com(?:\.cn)?$/.test(given)) {
    const service = value || given;
    refuse(checkService(service), at);
    return { kind: "service", service };
  }
  // an endpoint may be called anything, a block of addresses is nothing else
  if (/^[\d.]+(?:\/|$)|^[0-9a-f]*:[0-9a-f:.]*(?:\/|$)/i.test(given)) {
    return { kind: "cidr", cidr: cidrOf(given, at) };
  }
  const endpoint = endpointOf(world, given);
  if (endpoint !== undefined) return { kind: "endpoint", id: endpoint };
  const group = world.securityGroups.find(({ id }) => id === given);
  if (group || given.startsWith("sg-")) {
    return { kind: "security-group", id: group?.id ?? idOf("securityGroup", given, at) };
  }
  if (given.startsWith("pl-")) return { kind: "prefix-list", id: idOf("prefixList", given, at) };
  if (given.startsWith("vpce-")) return { kind: "endpoint", id: idOf("endpoint", given, at) };
  return notAnybody(world, given, at);
}

function notAnybody(world: AccessWorld, given: string, at: string): never {
  const names = world.endpoints.flatMap(({ id, name }) => [shortOf(id), ...(name ? [name] : [])]);
  const meant = didYouMean(given, [...names, "public"]);
  const forms =
    "a CIDR block, sg-…, pl-…, vpce-… or an endpoint's name, a service such as bedrock.amazonaws.com, the ARN of a role or user, or public";
  return wrong("nobody is called so", at, `${meant ? `did you mean "${meant}"? ` : ""}give ${forms}`);
}

/** An endpoint by its id, name, address, or what its symbolic id is of: `apps` is `<id of apps>`. */
function endpointOf(world: AccessWorld, given: string): string | undefined {
  const found = world.endpoints.filter(
    ({ id, name, address }) => [id, name, address].includes(given) || shortOf(id) === given,
  );
  const exact = found.find(({ id }) => id === given);
  if (!exact && found.length > 1) {
    const ids = found.map(({ id }) => id).join(", ");
    wrong("several endpoints are called so", `--from ${given}`, `give one of ${ids}`);
  }
  return (exact ?? found[0])?.id;
}

const shortOf = (id: string): string => /^<id of (.*)>$/.exec(id)?.[1] ?? id;

function cidrOf(given: string, at: string): string {
  const address = given.includes("/") ? given : `${given}/${given.includes(":") ? 128 : 32}`;
  const block = parseCidr(address);
  if ("problem" in block) return wrong(block.problem, at, block.remedy);
  return block.text;
}

function knownId(
  known: readonly { readonly id: string; readonly name?: string | undefined }[],
  given: string,
  kind: IdKind,
  at: string,
): string {
  const found = known.find(({ id, name }) => id === given || shortOf(id) === given || name === given);
  return found?.id ?? idOf(kind, given, at);
}

function idOf(kind: IdKind, given: string, at: string): string {
  refuse(checkId(kind, given), at);
  return given;
}

function vpcOf(world: AccessWorld, given: string): string {
  const mentioned = [...world.endpoints, ...world.securityGroups].flatMap(({ vpcId }) => vpcId ?? []);
  if (mentioned.includes(given)) return given;
  return knownId(world.vpcs, given, "vpc", `--vpc ${given}`);
}

const isPrincipal = (given: string): boolean =>
  given.startsWith("arn:") || /^(?:saml|iamidentitycenter|iamfederation)\//.test(given);

function principalOf(given: string): string {
  if (principalPattern.test(given)) return given;
  return wrong("this is no principal", `--as ${given}`, "give the ARN of a role or user");
}

function toOf(world: AccessWorld, given: string): AccessTo {
  const at = `--to ${given}`;
  const [, kind, name] = /^(collection|dashboard)s?\/(.+)$/s.exec(given) ?? [];
  if ((kind !== "collection" && kind !== "dashboard") || name === undefined) {
    const rest = given.split("/").at(-1);
    return wrong("neither a collection nor dashboards", at, `did you mean "collection/${rest || "NAME"}"?`);
  }
  if (!world.collections.some((one) => one.name === name)) refuse(checkCollectionPattern(name), at);
  return { kind, name };
}

function refuse(problem: Problem | undefined, where: string): void {
  if (problem) wrong(problem.problem, where, problem.remedy);
}

function wrong(problem: string, where: string, remedy: string): never {
  throw new CommandError(problem, where, remedy, 2);
}
