import type { Value } from "./evaluate";
import { list, members, type Scope, text, texts } from "./seen";
import { hasUnknown } from "./unknowns";

/** Account and Region that the arguments of a provider block tell. */
export function scopeOfProvider(values: Readonly<Record<string, Value>>): Scope {
  const allowed = texts(values["allowed_account_ids"]);
  const [only] = allowed;
  const roles = [...list(values["assume_role"]), values["assume_role"]].flatMap(
    (role) => accountIn(members(role)["role_arn"]) ?? [],
  );
  // of several roles the last is the one that works, but a list is in no order that is sure
  const account =
    allowed.length === 1 && only && !hasUnknown(only) ? only : roles.length === 1 ? roles[0] : undefined;
  const region = text(values["region"]);
  return scope(account, hasUnknown(region) ? undefined : region);
}

/** The account in an ARN, if it has one. */
export function accountIn(arn: Value): string | undefined {
  return typeof arn === "string" ? /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1] : undefined;
}

/** Account and Region that values read from AWS tell of their resource. */
export function scopeOfValues(values: Readonly<Record<string, Value>>): Scope {
  const [, region, account] = /^arn:[^:]*:[^:]*:([a-z0-9-]*):(\d{12}):/.exec(text(values["arn"]) ?? "") ?? [];
  const owner = text(values["owner_id"]) ?? text(values["account_id"]);
  const known = owner !== undefined && /^\d{12}$/.test(owner) ? owner : undefined;
  return scope(account ?? known, text(values["region"]) ?? (region || undefined));
}

/** What either tells; the first goes before the second. */
export function bothScopes(first: Scope, second: Scope): Scope {
  return scope(first.account ?? second.account, first.region ?? second.region);
}

const noScope: Scope = {};

function scope(account: string | undefined, region: string | undefined): Scope {
  if (account) return region ? { account, region } : { account };
  return region ? { region } : noScope;
}

/** The scope of what surely is the provider's own: a VPC or group that is only looked up may be shared by another account. */
export function ownScope(
  mode: "managed" | "data",
  type: string,
  values: Readonly<Record<string, Value>>,
): Scope {
  const { account, region } = scopeOfValues(values);
  const isOwn = mode === "managed" || /^aws_(?:opensearchserverless_|caller_identity)/.test(type);
  return scope(isOwn ? account : undefined, region);
}

/** What all agree on that tell anything. */
export function commonScope(scopes: readonly Scope[]): Scope {
  const only = (values: readonly (string | undefined)[]) => {
    const distinct = new Set(values.filter((value) => value !== undefined));
    return distinct.size === 1 ? [...distinct][0] : undefined;
  };
  return scope(only(scopes.map(({ account }) => account)), only(scopes.map(({ region }) => region)));
}
