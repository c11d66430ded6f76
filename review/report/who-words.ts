import type { PathEndpoint, Who } from "../change";
import { sourceLabel } from "../picture/words";

/** Ids that only exist after the apply stand for themselves in names; a reader gains nothing by both. */
const isSymbolic = (id: string) => id.startsWith("<");

/** What people call it: a name where there is one. */
export const endpointLabel = ({ name, id }: PathEndpoint): string => name ?? id;

/** The endpoint with what tells it apart: `endpoint apps (vpce-…, vpc-…)`. */
export function endpointText(endpoint: PathEndpoint): string {
  const { name, id, vpcId, known } = endpoint;
  const details = [
    ...(name === undefined || isSymbolic(id) ? [] : [id]),
    ...(vpcId === undefined ? [] : [vpcId]),
    ...(known ? [] : ["of another stack or account"]),
  ];
  return `endpoint ${endpointLabel(endpoint)}${details.length > 0 ? ` (${details.join(", ")})` : ""}`;
}

/** In full, as a row of a table begins. */
export function whoText(who: Who): string {
  switch (who.kind) {
    case "public":
      return "the public internet";
    case "service":
      return who.service;
    case "endpoint":
      return endpointText(who);
    case "source": {
      const part = who.addresses === undefined ? "" : ` (only ${who.addresses.join(", ")})`;
      return `${sourceLabel(who.source)}${part} via ${endpointText(who.endpoint)}`;
    }
    case "principal":
      return who.principal;
  }
}

/** In a sentence, where the rest stands below. */
export function shortWho(who: Who): string {
  switch (who.kind) {
    case "endpoint":
      return `endpoint ${endpointLabel(who)}`;
    case "source":
      return `${sourceLabel(who.source)} via ${endpointLabel(who.endpoint)}`;
    case "principal":
      return principalLabel(who.principal);
    default:
      return whoText(who);
  }
}

/** `role/ingest` of an ARN, `account 123456789012` of its root; what is no ARN stays whole. */
function principalLabel(principal: string): string {
  const [, account, rest] = /^arn:[^:]*:[^:]*:[^:]*:([^:]*):(.+)$/.exec(principal) ?? [];
  return rest === "root" ? `account ${account}` : (rest ?? principal);
}
