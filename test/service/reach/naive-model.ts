import ipaddr from "ipaddr.js";
import type {
  AccessTo,
  AccessVerdict,
  AccessWorld,
  IngressRule,
  NetworkPolicyBlock,
  WorldEndpoint,
} from "../../../service";

/** Who reaches what, by definition and one client and one name at a time: slow, short, and no code of service/. */

export type Three = "yes" | "no" | "unknown";

/** Something at one address. */
export interface Client {
  readonly address: string;
  /** The VPC it is said to be in. */
  readonly vpcId?: string | undefined;
  /** The security group it carries; where it is is known by its group alone. */
  readonly carries?: string | undefined;
  /** The prefix list it is on, whose entries are not known. */
  readonly isOn?: string | undefined;
}

/** One collection; of a generation that is not known, it is what serves it best. */
export interface Name {
  readonly name: string;
  readonly generation: "classic" | "nextgen" | undefined;
}

type Kind = AccessTo["kind"];

export const all = (...parts: readonly Three[]): Three =>
  parts.includes("no") ? "no" : parts.includes("unknown") ? "unknown" : "yes";
export const any = (...parts: readonly Three[]): Three =>
  parts.includes("yes") ? "yes" : parts.includes("unknown") ? "unknown" : "no";
export const yesIf = (truth: boolean): Three => (truth ? "yes" : "no");

/** The answer for a client of which only is known that it is one of several. */
const oneOf = (answers: readonly Three[]): Three =>
  new Set(answers).size === 1 ? (answers[0] ?? "no") : "unknown";

const asked = new Map<string, boolean>();

/** Whether an address is in a block; the same few are asked for time and again. */
export function inBlock(address: string, cidr: string): boolean {
  const question = `${address} ${cidr}`;
  let answer = asked.get(question);
  if (answer === undefined) {
    const [parsed, [network, bits]] = [ipaddr.parse(address), ipaddr.parseCIDR(cidr)];
    answer = parsed.kind() === network.kind() && parsed.match(network, bits);
    asked.set(question, answer);
  }
  return answer;
}
const isIn = (address: string, cidrs: readonly string[]) => cidrs.some((cidr) => inBlock(address, cidr));

export const matches = (pattern: string, name: string) =>
  pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : pattern === name;

/** Whether some block that `admits` whoever asks opens the collection, and for dashboards these too. */
function opensTo(
  world: AccessWorld,
  kind: Kind,
  name: string,
  admits: (block: NetworkPolicyBlock) => boolean,
) {
  const blocks = world.networkPolicies.flatMap(({ document }) => document).filter(admits);
  const opens = (type: Kind) =>
    blocks.some(({ Rules }) =>
      Rules.some(
        ({ ResourceType, Resource }) =>
          ResourceType === type && Resource.some((one) => matches(one, `collection/${name}`)),
      ),
    );
  return opens("collection") && (kind === "collection" || opens("dashboard"));
}

export const publicReaches = (world: AccessWorld, kind: Kind, { name }: Name) =>
  opensTo(world, kind, name, (block) => block.AllowFromPublic);

export const serviceIsNamed = (world: AccessWorld, service: string, kind: Kind, { name }: Name) =>
  kind === "collection" &&
  opensTo(
    world,
    kind,
    name,
    (block) => !block.AllowFromPublic && (block.SourceServices ?? []).includes(service),
  );

const serves = (endpoint: WorldEndpoint | undefined, { generation }: Name): Three =>
  endpoint ? yesIf((generation ?? endpoint.generation) === endpoint.generation) : "unknown";

export function endpointReaches(world: AccessWorld, id: string, kind: Kind, name: Name): Three {
  const endpoint = world.endpoints.find((one) => one.id === id);
  const admits = (block: NetworkPolicyBlock) =>
    block.AllowFromPublic || (block.SourceVPCEs ?? []).includes(id);
  return all(yesIf(opensTo(world, kind, name.name, admits)), serves(endpoint, name));
}

/** Whether a data access policy permits a principal anything on a collection or within it. */
export function isPermitted(world: AccessWorld, asking: string, { name }: Name): Three {
  if (world.account !== undefined && !asking.includes(world.account)) return "no";
  return any(
    ...world.dataPolicies.flatMap(({ document }) =>
      document.flatMap(({ Principal, Rules }) => {
        const onIt = Rules.some(
          ({ Resource, Permission }) =>
            Permission.length > 0 && Resource.some((one) => matches(one.split("/")[1] ?? "", name)),
        );
        return Principal.map((named) => all(yesIf(onIt), isMeant(named, asking)));
      }),
    ),
  );
}

/** Whether what is permitted to one principal is to another: a role's sessions have what it has. */
function isMeant(named: string, asking: string): Three {
  if (named === asking) return "yes";
  if (named.endsWith(":root")) return asking.includes(named.slice(13, 25)) ? "unknown" : "no";
  const roleOf = (session: string) =>
    session.replace(/sts::(\d+):assumed-role\/(\w+)\/.*/, "iam::$1:role/team/$2");
  if (named.includes(":role/") && named === roleOf(asking)) return "yes";
  if (asking.includes(":role/") && asking === roleOf(named)) return "unknown";
  const isOfOneProvider = named.split("/", 3).join("/") === asking.split("/", 3).join("/");
  return isOfOneProvider && named.includes("/group/") && asking.includes("/user/") ? "unknown" : "no";
}

/** The blocks of a VPC, where they are known. */
function blocksOf(world: AccessWorld, id: string | undefined): readonly string[] | undefined {
  const cidrs = world.vpcs.find((one) => one.id === id)?.cidrs ?? [];
  return cidrs.length > 0 ? cidrs : undefined;
}

const groupOf = (world: AccessWorld, id: string | undefined) =>
  world.securityGroups.find((one) => one.id === id);
/** Endpoints are in the VPC of their security groups. */
const vpcOfGroup = (world: AccessWorld, id: string) =>
  groupOf(world, id)?.vpcId ??
  [...world.endpoints]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .find((one) => one.vpcId !== undefined && one.securityGroupIds?.includes(id))?.vpcId;
const rulesOf = (world: AccessWorld, endpoint: WorldEndpoint) =>
  (endpoint.securityGroupIds ?? []).map((id) => groupOf(world, id)?.rules);

/** Whether the names of collections lead to an endpoint in its VPC. */
function takesNames({ generation, privateDns }: WorldEndpoint): Three {
  return generation === "classic" || privateDns ? "yes" : "unknown";
}

const route = (world: AccessWorld, client: Client, endpoint: WorldEndpoint): Three =>
  all(wayTo(world, client, endpoint), takesNames(endpoint));

function wayTo(world: AccessWorld, client: Client, endpoint: WorldEndpoint): Three {
  const { address, vpcId, carries, isOn } = client;
  if (vpcId !== undefined) {
    if (endpoint.vpcId === vpcId) return "yes";
    const mayLead = endpoint.vpcId === undefined || endpoint.sharedWithVpcIds?.includes(vpcId);
    return mayLead ? "unknown" : "no";
  }
  if (isOn !== undefined || carries !== undefined) return "unknown";
  const own = blocksOf(world, endpoint.vpcId);
  if (!own) return "unknown";
  if (isIn(address, own)) return "yes";
  const homes = world.vpcs.filter(({ cidrs }) => isIn(address, cidrs)).map(({ id }) => id);
  const isShut = homes.length > 0 && homes.every((id) => !endpoint.sharedWithVpcIds?.includes(id));
  return isShut ? "no" : "unknown";
}

function opensPort(rule: IngressRule): Three {
  if (rule.protocol === "-1") return "yes";
  if (rule.protocol !== "tcp" && rule.protocol !== "6") return "no";
  if (rule.fromPort === undefined || rule.toPort === undefined) return "unknown";
  return yesIf(rule.fromPort <= 443 && rule.toPort >= 443);
}

function opensToClient(world: AccessWorld, { address, carries, isOn }: Client, rule: IngressRule): Three {
  const cidr = rule.cidrIpv4 ?? rule.cidrIpv6;
  if (cidr) return yesIf(inBlock(address, cidr));
  if (rule.prefixListId !== undefined) {
    if (rule.prefixListId === isOn) return "yes";
    const list = world.prefixLists.find(({ id }) => id === rule.prefixListId);
    return list ? yesIf(isIn(address, list.cidrs)) : "unknown";
  }
  if (rule.securityGroupId === undefined) return "unknown";
  if (carries !== undefined) return yesIf(rule.securityGroupId === carries);
  const home = isOn === undefined ? blocksOf(world, vpcOfGroup(world, rule.securityGroupId)) : undefined;
  return home && !isIn(address, home) ? "no" : "unknown";
}

function groupsLetIn(world: AccessWorld, client: Client, endpoint: WorldEndpoint): Three {
  const groups = rulesOf(world, endpoint);
  if (groups.length === 0) return "unknown";
  return any(
    ...groups.flatMap(
      (rules): readonly Three[] =>
        rules?.map((rule) => all(opensPort(rule), opensToClient(world, client, rule))) ?? ["unknown"],
    ),
  );
}

/** Whether a known endpoint of the client's VPC takes the collection's name. */
function isLed(world: AccessWorld, { address, vpcId, carries, isOn }: Client, name: Name): boolean {
  const isInVpcOf = (endpoint: WorldEndpoint) =>
    vpcId !== undefined
      ? endpoint.vpcId === vpcId
      : carries === undefined && isOn === undefined && isIn(address, blocksOf(world, endpoint.vpcId) ?? []);
  return world.endpoints.some(
    (one) => isInVpcOf(one) && serves(one, name) === "yes" && takesNames(one) === "yes",
  );
}

const privateBlocks = (world: AccessWorld) =>
  world.networkPolicies.flatMap(({ document }) => document).filter((block) => !block.AllowFromPublic);

/** Whether a client of which is known that it is one of these reaches a collection. */
export function clientReaches(world: AccessWorld, clients: readonly Client[], kind: Kind, name: Name): Three {
  const far = privateBlocks(world)
    .flatMap(({ SourceVPCEs = [] }) => SourceVPCEs)
    .filter((id) => !world.endpoints.some((one) => one.id === id));
  // over the internet, from private addresses, or through an endpoint that may be anywhere
  const isMaybe =
    publicReaches(world, kind, name) || far.some((id) => endpointReaches(world, id, kind, name) !== "no");
  return any(
    oneOf(clients.map((client) => (isMaybe && !isLed(world, client, name) ? "unknown" : "no"))),
    ...world.endpoints.map((endpoint) =>
      all(
        oneOf(
          clients.map((client) => all(route(world, client, endpoint), groupsLetIn(world, client, endpoint))),
        ),
        endpointReaches(world, endpoint.id, kind, name),
      ),
    ),
  );
}

/** What may carry a security group: something at any address of its VPC, or anywhere. Every VPC has IPv4. */
export function carriersOf(world: AccessWorld, id: string, addresses: readonly string[]): Client[] {
  const vpcId = vpcOfGroup(world, id);
  const home = blocksOf(world, vpcId);
  const possible = home ? addresses.filter((address) => isIn(address, home)) : [...addresses, ...elsewhere];
  return possible.map((address) => ({ address, vpcId, carries: id }));
}

/** Addresses apart from those of the world, so that nothing is said of what may be anywhere. */
export const elsewhere = ["192.0.2.1", "2001:db8::1"];

/** One verdict on all that was asked about. */
export function verdictOn(answers: readonly Three[]): AccessVerdict {
  if (answers.every((answer) => answer === "yes")) return "open";
  if (answers.includes("yes")) return "partly";
  return answers.includes("unknown") ? "unknown" : "shut";
}

/**
 * The names that a question is about. For a pattern: the known collections and, for those to come, every name that
 * a policy could tell from the others, of each generation that the known ones have.
 */
export function namesAsked(world: AccessWorld, asked: string): Name[] {
  const known = world.collections.map(({ name, generation = "classic" }) => ({ name, generation }));
  if (!asked.endsWith("*")) {
    return [known.find(({ name }) => name === asked) ?? { name: asked, generation: undefined }];
  }
  const covered = known.filter(({ name }) => matches(asked, name));
  const generations = covered.length > 0 ? [...new Set(covered.map((one) => one.generation))] : [undefined];
  return [
    ...covered,
    ...namesToCome(world, asked).flatMap((name) => generations.map((generation) => ({ name, generation }))),
  ];
}

function namesToCome({ collections, networkPolicies, dataPolicies }: AccessWorld, asked: string): string[] {
  const documents = [...networkPolicies, ...dataPolicies].flatMap(
    ({ document }) => document as readonly { Rules: readonly { Resource: readonly string[] }[] }[],
  );
  const texts = documents.flatMap(({ Rules }) =>
    Rules.flatMap(({ Resource }) => Resource.map((one) => one.split("/")[1] ?? "")),
  );
  return [...new Set([...texts, asked].map((text) => text.replace(/\*$/, "~")))].filter(
    (name) => matches(asked, name) && !collections.some((one) => one.name === name),
  );
}

/** Where network policies name something ahead of any collection, beside known ones, it may be of either generation. */
function namesAhead(world: AccessWorld, asked: string): Name[] {
  if (!world.collections.some(({ name }) => asked.endsWith("*") && matches(asked, name))) return [];
  const mentioned = world.networkPolicies
    .flatMap(({ document }) => document.flatMap(({ Rules }) => Rules.flatMap(({ Resource }) => Resource)))
    .map((one) => one.split("/")[1] ?? "");
  const isAhead = (text: string) => !world.collections.some(({ name }) => matches(text, name));
  if (!mentioned.some((text) => isAhead(text) && matches(asked, text.replace(/\*$/, "~")))) return [];
  return namesToCome(world, asked).flatMap((name) =>
    (["classic", "nextgen"] as const).map((generation) => ({ name, generation })),
  );
}

/** One verdict on the names that are asked about. Those ahead may make it more than shut, and never less than open. */
export function verdictOnNames(
  world: AccessWorld,
  asked: string,
  answersOn: (names: readonly Name[]) => readonly Three[],
): AccessVerdict {
  const answers = answersOn(namesAsked(world, asked));
  const verdict = verdictOn(answers);
  return verdict === "open" ? verdict : verdictOn([...answers, ...answersOn(namesAhead(world, asked))]);
}
