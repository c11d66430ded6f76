import { coversAll, namePattern } from "../name-pattern";
import { sortedUnique } from "../policy-document";
import { documentedServices, refusedServices } from "../services";
import { didYouMean } from "../text";
import { dataResource } from "./data-access-gate";
import type { AccessFrom, AccessTo } from "./explanation";
import { mentionedNames } from "./opened-to-names";
import { isSamePrincipal } from "./principal";
import type { AccessWorld } from "./world";

/** Something in a question that nothing in the world tells of: most likely misspelled, and shut whatever it is. */
export interface Stranger {
  readonly kind: "collection" | "service" | "principal";
  readonly name: string;
  /** One line: what nobody tells of it. */
  readonly text: string;
  /** What was most likely meant. */
  readonly meant?: string | undefined;
}

/**
 * What of a question is in none of the collections and policies of the world. A collection that a pattern other than
 * `*` covers is known by that, and a service by AWS's documentation. Patterns are strangers where they cover nothing.
 * Roles and users may be there without any policy, so one is a stranger only where one that a policy names is close.
 */
export function strangersIn(world: AccessWorld, from: AccessFrom, to: AccessTo): Stranger[] {
  return [
    ...collectionStranger(world, to),
    ...serviceStranger(world, from),
    ...principalStranger(world, from),
  ];
}

function collectionStranger(world: AccessWorld, { name }: AccessTo): Stranger[] {
  const asked = namePattern(name);
  if (asked.wildcard && asked.text === "") return [];
  const collections = world.collections.map((one) => one.name);
  // most are: policies need not be read for that
  if (collections.some((one) => coversAll(asked, namePattern(one)))) return [];
  const permitted = world.dataPolicies.flatMap(({ document }) =>
    document.flatMap(({ Rules }) =>
      Rules.flatMap(({ Resource }) => Resource.flatMap((one) => dataResource(one)?.collections ?? [])),
    ),
  );
  const known = [...collections, ...mentionedNames(world.networkPolicies), ...permitted].filter(
    (one) => one !== "*",
  );
  const isKnown = known.some((one) => {
    const pattern = namePattern(one);
    return coversAll(pattern, asked) || coversAll(asked, pattern);
  });
  if (isKnown) return [];
  const text = asked.wildcard
    ? `no known collection begins with ${asked.text}, and no policy names any that does`
    : `no known collection is called ${name}, and no policy names it`;
  return [{ kind: "collection", name, text, ...meantBy(name, known) }];
}

function serviceStranger({ networkPolicies }: AccessWorld, from: AccessFrom): Stranger[] {
  if (from.kind !== "service") return [];
  const named = networkPolicies.flatMap(({ document }) =>
    document.flatMap(({ SourceServices = [] }) => SourceServices),
  );
  const known = [...named, ...documentedServices, ...refusedServices];
  if (known.includes(from.service)) return [];
  const text = `no policy known here names ${from.service}, nor does AWS document it as a source`;
  return [{ kind: "service", name: from.service, text, ...meantBy(from.service, known, beforeDomain) }];
}

function principalStranger({ dataPolicies }: AccessWorld, from: AccessFrom): Stranger[] {
  const name = from.kind === "principal" ? from.principal : from.as;
  if (name === undefined) return [];
  const named = dataPolicies.flatMap(({ document }) => document.flatMap(({ Principal }) => Principal));
  if (named.some((one) => isSamePrincipal(one, name))) return [];
  const like = named.filter((one) => beforeName(one) === beforeName(name));
  const { meant } = meantBy(name, like, lastName);
  if (meant === undefined) return [];
  return [{ kind: "principal", name, text: `no data access policy known here names ${name}`, meant }];
}

/** `bedrock` of `bedrock.amazonaws.com`: what all have in common makes nothing alike. */
const beforeDomain = (service: string): string => service.replace(/\.amazonaws\.com(?:\.cn)?$/, "");
const lastName = (principal: string): string => principal.split("/").at(-1) ?? principal;
const beforeName = (principal: string): string => principal.slice(0, -lastName(principal).length);

function meantBy(
  given: string,
  known: readonly string[],
  partOf: (name: string) => string = String,
): { meant?: string } {
  // of several that are as close, the order of the world's lists does not decide
  const byPart = new Map(sortedUnique(known).map((one) => [partOf(one), one]));
  const meant = byPart.get(didYouMean(partOf(given), [...byPart.keys()]) ?? "");
  return meant === undefined ? {} : { meant };
}
