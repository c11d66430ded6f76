import { type NamePattern, namePattern, overlap } from "../name-pattern";
import type { AccessTo, PolicyPlace } from "./explanation";
import { type Asked, bothGenerations, distinctPlaces, type JudgedGate, passageTo, someOf } from "./gate";
import { holdsNames, nameSet } from "./name-set";
import { belongsTo, doubtOn, isSamePrincipal } from "./principal";
import type { AccessWorld } from "./world";

/** One resource of a data access policy, read: `index/orders/logs-*` is within orders. */
export interface DataResource {
  readonly collections: string;
  readonly within?: string | undefined;
}

/** Reads `collection/NAME`, `index/COLLECTION/INDEX` and the like; undefined for what is neither. */
export function dataResource(resource: string): DataResource | undefined {
  const type = resource.indexOf("/");
  const collections = resource.indexOf("/", type + 1);
  if (type < 1 || type + 1 === (collections < 0 ? resource.length : collections)) return undefined;
  return collections < 0
    ? { collections: resource.slice(type + 1) }
    : { collections: resource.slice(type + 1, collections), within: resource.slice(collections + 1) };
}

/** One resource that a block of a data access policy permits something on. */
interface Permitted extends PolicyPlace {
  readonly principals: readonly string[];
  readonly resource: string;
  readonly collections: NamePattern;
  readonly permissions: readonly string[];
}

/** All that data access policies permit on the collections asked for. There is no deny: it adds up. */
function permittedOn(world: AccessWorld, { name: asked }: Asked): Permitted[] {
  const permitted: Permitted[] = [];
  for (const { name: policy, address, document } of world.dataPolicies) {
    for (const [block, { Principal, Rules }] of document.entries()) {
      const place = { policy, ...(address ? { address } : {}), block };
      const principals = Principal.filter((principal) => belongsTo(world.account, principal));
      for (const { Resource, Permission: permissions } of Rules) {
        if (permissions.length === 0) continue;
        for (const resource of Resource) {
          const read = dataResource(resource);
          const collections = read && namePattern(read.collections);
          if (collections && overlap(collections, asked)) {
            permitted.push({ ...place, principals, resource, collections, permissions });
          }
        }
      }
    }
  }
  return permitted;
}

/** What data access policies permit a principal on the collections asked for. */
export function dataAccessGate(world: AccessWorld, asked: Asked, principal: string): JudgedGate {
  const { name } = asked.to;
  const onIt = permittedOn(world, asked);
  const isNamed = ofEach((principals: Permitted["principals"]) =>
    principals.some((one) => isSamePrincipal(one, principal)),
  );
  const doubtsOn = ofEach((principals: Permitted["principals"]) =>
    principals.flatMap((one) => doubtOn(one, principal) ?? []),
  );
  const permitted = onIt.filter(({ principals }) => isNamed(principals));
  const names = namesIn(permitted);
  const isAll = holdsNames(names, asked.name);
  const foreign = !belongsTo(world.account, principal);
  const others = isAll || foreign ? [] : onIt.filter(({ collections }) => !holdsNames(names, collections));
  const doubted = others.filter(({ principals }) => doubtsOn(principals).length > 0);
  const doubts = [...new Set(doubted.flatMap(({ principals }) => doubtsOn(principals)))];
  return {
    gate: "data-access",
    passage: passageTo(asked, names, bothGenerations, namesIn(doubted)),
    reason: [
      permitted.length > 0 ? someOf(permitted.map(told), 5) : undefined,
      doubts.length > 0 ? `not known: ${someOf(doubts)}; ${someOf(doubted.map(told))}` : undefined,
      permitted.length > 0 || doubts.length > 0
        ? undefined
        : foreign
          ? `${principal} is of another account, and data access policies take principals of account ${world.account} alone`
          : `no data access policy permits ${principal} anything on ${name}`,
    ]
      .filter((part) => part !== undefined)
      .join("; "),
    remedy: foreign
      ? `let it assume a role of account ${world.account} that a data access policy names`
      : `name it as Principal in a data access policy with permissions on index/${name}/* or collection/${name}`,
    places: distinctPlaces(permitted),
    ...(doubts.length > 0 ? { unknown: doubts } : {}),
  };
}

const namesIn = (permitted: readonly Permitted[]) => nameSet(permitted.map(({ collections }) => collections));

const told = ({ policy, block, permissions, resource }: Permitted) =>
  `data access policy ${policy} $[${block}] permits ${permissions.join(", ")} on ${resource}`;

/** Told once of each: all resources of a block have the same principals. */
function ofEach<Of extends object, Told>(tell: (one: Of) => Told): (one: Of) => Told {
  const told = new Map<Of, Told>();
  return (one) => {
    const known = told.get(one) ?? tell(one);
    told.set(one, known);
    return known;
  };
}

/** What besides the network path is needed for the OpenSearch API or the dashboards: one line each. */
export function dataAccessNeeded(world: AccessWorld, asked: Asked): string[] {
  const { name } = asked.to;
  const byBlock = new Map(permittedOn(world, asked).map((one) => [`${one.policy} ${one.block}`, one]));
  const who = [...byBlock.values()].flatMap(({ principals, policy }) =>
    principals.map((principal) => `${principal} (data access policy ${policy})`),
  );
  const first =
    who.length > 0
      ? `data access: a principal with permissions on ${name}: ${someOf(who)}`
      : `data access: no data access policy known here permits anybody anything on ${name}`;
  return [first, iamNeeded(asked.to)];
}

/** What IAM has to allow besides (developer guide, serverless-data-access). */
export function iamNeeded(to: AccessTo): string {
  return to.kind === "collection"
    ? "IAM: aoss:APIAccessAll for an IAM principal, or the answer is 403"
    : "IAM: aoss:APIAccessAll and aoss:DashboardsAccessAll for an IAM principal, or the answer is 403";
}
