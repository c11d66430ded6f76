import type { AddressSet } from "./address-set";
import type { AccessTo, AccessVerdict } from "./explanation";
import { type JudgedGate, passageOf, someOf } from "./gate";
import { coversAll, namePattern, overlap } from "./name-pattern";
import { belongsTo, isSamePrincipal } from "./principal";
import type { AccessWorld } from "./world";

/** One resource of a data access policy, read: `index/orders/logs-*` is within orders. */
export interface DataResource {
  readonly collections: string;
  readonly within?: string | undefined;
}

/** Reads `collection/NAME`, `index/COLLECTION/INDEX` and the like; undefined for what is neither. */
export function dataResource(resource: string): DataResource | undefined {
  const [type, collections, ...rest] = resource.split("/");
  if (!type || !collections) return undefined;
  return rest.length > 0 ? { collections, within: rest.join("/") } : { collections };
}

interface Permitted {
  readonly policy: string;
  readonly address?: string | undefined;
  readonly block: number;
  readonly principals: readonly string[];
  readonly resource: string;
  readonly collections: string;
  readonly permissions: readonly string[];
}

/** All that data access policies permit on the collections asked for. There is no deny: it adds up. */
function permittedOn(world: AccessWorld, name: string): Permitted[] {
  const asked = namePattern(name);
  return world.dataPolicies.flatMap(({ name: policy, address, document }) =>
    document.flatMap(({ Principal, Rules }, block) =>
      Rules.filter((rule) => rule.Permission.length > 0).flatMap((rule) =>
        rule.Resource.flatMap((resource) => {
          const collections = dataResource(resource)?.collections;
          if (collections === undefined || !overlap(namePattern(collections), asked)) return [];
          const principals = Principal.filter((principal) => belongsTo(world.account, principal));
          return [
            { policy, address, block, principals, resource, collections, permissions: rule.Permission },
          ];
        }),
      ),
    ),
  );
}

/** What data access policies permit a principal on the collections asked for. */
export function dataAccessGate(
  world: AccessWorld,
  to: AccessTo,
  principal: string,
  addresses: AddressSet,
): JudgedGate {
  const permitted = permittedOn(world, to.name).filter(({ principals }) =>
    principals.some((one) => isSamePrincipal(one, principal)),
  );
  const asked = namePattern(to.name);
  const verdict: AccessVerdict = permitted.some((one) => coversAll(namePattern(one.collections), asked))
    ? "open"
    : permitted.length > 0
      ? "partly"
      : "shut";
  const foreign = !belongsTo(world.account, principal);
  return {
    gate: "data-access",
    passage: passageOf(verdict, addresses),
    reason:
      permitted.length > 0
        ? someOf(
            permitted.map(
              ({ policy, block, permissions, resource }) =>
                `data access policy ${policy} $[${block}] permits ${permissions.join(", ")} on ${resource}`,
            ),
            5,
          )
        : foreign
          ? `${principal} is of another account, and data access policies take principals of account ${world.account} alone`
          : `no data access policy permits ${principal} anything on ${to.name}`,
    remedy: foreign
      ? `let it assume a role of account ${world.account} that a data access policy names`
      : `name it as Principal in a data access policy with permissions on index/${to.name}/* or collection/${to.name}`,
    places: permitted.map(({ policy, address, block }) => ({
      policy,
      ...(address ? { address } : {}),
      block,
    })),
  };
}

/** What besides the network path is needed for the OpenSearch API or the dashboards: one line each. */
export function dataAccessNeeded(world: AccessWorld, to: AccessTo): string[] {
  const permitted = permittedOn(world, to.name);
  const who = permitted.flatMap(({ principals, policy }) =>
    principals.map((principal) => `${principal} (data access policy ${policy})`),
  );
  const first =
    who.length > 0
      ? `data access: a principal with permissions on ${to.name}: ${someOf(who)}`
      : `data access: no data access policy known here permits anybody anything on ${to.name}`;
  return [first, iamNeeded(to)];
}

/** What IAM has to allow besides (developer guide, serverless-data-access). */
export function iamNeeded(to: AccessTo): string {
  return to.kind === "collection"
    ? "IAM: aoss:APIAccessAll for an IAM principal, or the answer is 403"
    : "IAM: aoss:APIAccessAll and aoss:DashboardsAccessAll for an IAM principal, or the answer is 403";
}
