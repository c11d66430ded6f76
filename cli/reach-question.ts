import { answer, type ReadWorld } from "../review";
import {
  type AccessExplanation,
  type AccessFrom,
  type AccessTo,
  type AccessWorld,
  checkCollectionPattern,
  checkId,
  checkPartition,
  checkPrincipal,
  checkService,
  didYouMean,
  documentedServices,
  type IdKind,
  type NetworkFrom,
  type Problem,
  parseCidr,
  principalPattern,
  strangersIn,
} from "../service";
import { CommandError } from "./command-error";
import { endpointCalled, notAnybody, shortOf } from "./reach-names";

/** What a question may say besides who and what. */
export interface QuestionOptions {
  readonly vpc?: string;
  readonly as?: string;
  /** The stacks that are named on the command line: of several endpoints of one key theirs is meant. */
  readonly stacks?: ReadonlySet<string> | undefined;
}

/** Answers `--from` and `--to` gate by gate. */
export function answerQuestion(
  read: ReadWorld,
  from: string,
  to: string,
  options: QuestionOptions,
): AccessExplanation {
  const explanation = answer(read, fromOf(read, from, options), toOf(read.world, to));
  const vpc = strangeVpc(read, options.vpc);
  if (!vpc) return explanation;
  return {
    ...explanation,
    notes: [...explanation.notes, [vpc.text, vpc.asked].filter(Boolean).join("; ").trim()],
  };
}

/** Refuses to take for shut what nothing that was read tells of: it would be shut under any name. */
export function refuseStrangers(read: ReadWorld, from: string, to: string, options: QuestionOptions): void {
  const strangers = strangersIn(read.world, fromOf(read, from, options), toOf(read.world, to));
  // a role may be there without any policy; it is noted in the answer
  const stranger = strangers.find(({ kind }) => kind !== "principal");
  const vpc = stranger ? undefined : strangeVpc(read, options.vpc);
  if (vpc) {
    wrong(
      `${vpc.text}: it would be shut under any name`,
      `--from ${from} --vpc ${options.vpc} --require shut`,
      `${vpc.asked}name one of them, or read the VPCs of its account and Region too`,
    );
  }
  if (!stranger) return;
  const { kind, text, meant } = stranger;
  const known =
    kind === "collection"
      ? "name one of the stacks or files, or ask about all: collection/*"
      : `name one such as ${documentedServices.join(", ")}`;
  wrong(
    `${text}: it would be shut under any name`,
    `${kind === "collection" ? `--to ${to}` : `--from ${from}`} --require shut`,
    `${meant ? `did you mean "${meant}"? ` : ""}${known}`,
  );
}

/** A VPC that is not among those of an export is most likely misspelled; where none are listed, it may be anywhere. */
function strangeVpc({ world, listsVpcs }: ReadWorld, vpc: string | undefined) {
  if (vpc === undefined || !listsVpcs) return undefined;
  const id = vpcOf(world, vpc);
  if (vpcsNamed(world).includes(id) || world.vpcs.some((one) => one.id === id)) return undefined;
  const meant = didYouMean(vpc, [...world.vpcs.map((one) => one.id), ...vpcsNamed(world)]);
  return {
    text: `${vpc} is none of the VPCs that were read`,
    asked: meant ? `did you mean "${meant}"? ` : "",
  };
}

function fromOf(read: ReadWorld, given: string, { vpc, as, stacks }: QuestionOptions): AccessFrom {
  if (isPrincipal(given)) {
    if (vpc !== undefined || as !== undefined) {
      wrong(`${vpc === undefined ? "--as" : "--vpc"} beside a principal`, `--from ${given}`, "leave it out");
    }
    return { kind: "principal", principal: principalOf(read, given.replace(/^principal\//, ""), "--from") };
  }
  const source = sourceOf(read, given, stacks);
  const takesVpc = source.kind === "cidr" || source.kind === "security-group";
  if (vpc !== undefined && !takesVpc) {
    wrong(
      "--vpc belongs to an address block or a security group",
      `--from ${given} --vpc ${vpc}`,
      "leave it out",
    );
  }
  const where = takesVpc && vpc !== undefined ? { vpcId: vpcOf(read.world, vpc) } : {};
  return { ...source, ...where, ...(as === undefined ? {} : { as: principalOf(read, as, "--as") }) };
}

function sourceOf(read: ReadWorld, given: string, stacks: ReadonlySet<string> | undefined): NetworkFrom {
  const { world } = read;
  const at = `--from ${given}`;
  if (given === "public" || given === "internet") return { kind: "public" };
  const [, kind = "", value = ""] =
    /^(cidr|security-group|prefix-list|endpoint|service)\/(.+)$/.exec(given) ?? [];
  if (kind === "cidr") return { kind, cidr: cidrOf(value, at) };
  if (kind === "security-group")
    return { kind, id: knownId(world.securityGroups, value, "securityGroup", at) };
  if (kind === "prefix-list") return { kind, id: knownId(world.prefixLists, value, "prefixList", at) };
  if (kind === "endpoint") {
    return { kind, id: endpointCalled(read, value, at, stacks) ?? idOf("endpoint", value, at) };
  }
  if (kind === "service" || /\.amazonaws\.com(?:\.cn)?$/.test(given)) {
    const service = value || given;
    refuse(checkService(service), at);
    return { kind: "service", service };
  }
  // an endpoint may be called anything, a block of addresses is nothing else
  if (/^[\d.]+(?:\/|$)|^[0-9a-f]*:[0-9a-f:.]*(?:\/|$)/i.test(given)) {
    return { kind: "cidr", cidr: cidrOf(given, at) };
  }
  const endpoint = endpointCalled(read, given, at, stacks);
  if (endpoint !== undefined) return { kind: "endpoint", id: endpoint };
  const group = world.securityGroups.find(({ id }) => id === given);
  if (group || given.startsWith("sg-")) {
    return { kind: "security-group", id: group?.id ?? idOf("securityGroup", given, at) };
  }
  if (given.startsWith("pl-")) return { kind: "prefix-list", id: idOf("prefixList", given, at) };
  if (given.startsWith("vpce-")) return { kind: "endpoint", id: idOf("endpoint", given, at) };
  return notAnybody(read, given, at);
}

/** One address is a block of one; what is wrong with it is told of the address, not of the block. */
function cidrOf(given: string, at: string): string {
  const block = given.includes("/") ? given : `${given}/${given.includes(":") ? 128 : 32}`;
  const parsed = parseCidr(block);
  if (!("problem" in parsed)) return parsed.text;
  return block === given
    ? wrong(parsed.problem, at, parsed.remedy)
    : wrong(`"${given}" is no address`, at, "give one such as 10.20.3.4, or a block such as 10.20.3.0/24");
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
  if (vpcsNamed(world).includes(given)) return given;
  return knownId(world.vpcs, given, "vpc", `--vpc ${given}`);
}

/** The VPCs that endpoints and security groups are in, or share names with. */
const vpcsNamed = ({ endpoints, securityGroups }: AccessWorld): string[] => [
  ...[...endpoints, ...securityGroups].flatMap(({ vpcId }) => vpcId ?? []),
  ...endpoints.flatMap(({ sharedWithVpcIds = [] }) => sharedWithVpcIds),
];

const isPrincipal = (given: string): boolean =>
  /^(?:principal\/|arn:|saml\/|iamidentitycenter\/|iamfederation\/)/.test(given);

const principalTypes = ["role", "user", "root", "assumed-role", "federated-user"];

/** Who signs requests: another ARN, such as that of a bucket, signs none. */
function principalOf({ region }: ReadWorld, given: string, option: "--from" | "--as"): string {
  const at = `${option} ${given}`;
  const forms = "give the ARN of a role or user, such as arn:aws:iam::123456789012:role/reader";
  if (/^<.*>$/.test(given)) return given;
  if (!principalPattern.test(given)) return wrong("this is no principal", at, forms);
  const [, type] = /^arn:[^:]*:[^:]*::[^:]*:([^/]+)/.exec(given) ?? [];
  // its members sign as themselves, and policies cannot name it
  if (type === "group") refuse(checkPrincipal(given), at);
  if (region !== undefined) refuse(checkPartition(given, region), at);
  if (type === undefined || principalTypes.includes(type)) return given;
  const meant = didYouMean(type, principalTypes);
  const remedy = meant ? `did you mean "${given.replace(`:${type}`, `:${meant}`)}"?` : forms;
  return wrong(`"${type}" is no kind of principal`, at, remedy);
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
