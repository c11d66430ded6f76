import { resourcesIn, type State, type StateModule } from "../../terraform";
import { bothScopes, commonScope, ownScope, scopeOfValues } from "./provider-scope";
import { list, members, type SeenInput, type SeenResource, seenTypes, text } from "./seen";

/** Reads a state: everything in it is known, as of the last refresh. */
export function readState(state: State, label: string): SeenInput {
  const root = state.values?.root_module;
  const resources = root ? stateResources(root, label) : [];
  const notSeen: string[] = root ? [] : [`${label}: the state is empty: nothing was applied yet`];
  const withRules = resources.filter(({ type, values }) => {
    return type === "aws_security_group" && list(values["ingress"]).length > 0;
  });
  if (withRules.length > 0) {
    notSeen.push(`${label}: rules of security groups that were changed since the last refresh`);
  }
  return { label, resources, notSeen, doubts: [] };
}

function stateResources(root: StateModule, label: string): SeenResource[] {
  const resources = [...resourcesIn(root)].filter(
    ({ type, deposed_key: deposed }) => seenTypes.has(type) && deposed === undefined,
  );
  const scopes = resources.map(({ values }) => scopeOfValues(members(values)));
  const common = commonScope(
    resources.map(({ mode, type, values }) => ownScope(mode, type, members(values))),
  );
  return resources.map((resource, index) => ({
    label,
    rank: 1,
    address: resource.address,
    mode: resource.mode,
    type: resource.type,
    values: members(resource.values),
    id: idOf(resource.type, members(resource.values)) ?? resource.address,
    scope: bothScopes(scopes[index] ?? {}, common),
    refreshed: true,
  }));
}

/** The id as other resources name it. */
export function idOf(type: string, values: Readonly<Record<string, unknown>>): string | undefined {
  if (type === "aws_opensearchserverless_vpc_endpoint") {
    return text(values["vpc_endpoint_id"]) ?? text(values["id"]);
  }
  if (type === "aws_route53_zone") return text(values["zone_id"]) ?? text(values["id"]);
  return text(values["id"]);
}
