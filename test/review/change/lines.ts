import type { AccessPath } from "../../../review";

/** One line for each path, its collections in one. */
export const lines = (paths: readonly AccessPath[]): string[] =>
  paths.map(({ who, kind, collections }) => `${nameOf(who)} -> ${kind} ${collections.join(" ")}`.trimEnd());

function nameOf(who: AccessPath["who"]): string {
  switch (who.kind) {
    case "public":
      return "public";
    case "service":
      return who.service;
    case "endpoint":
      return who.name ?? who.id;
    case "source":
      return `${who.source.value}${who.addresses ? ` (${who.addresses.join(", ")})` : ""} via ${who.endpoint.name ?? who.endpoint.id}`;
    case "principal":
      return `${who.principal} ${who.permissions.join("+")} ${who.on}${who.within === undefined ? "" : ` ${who.within}`}`;
  }
}
