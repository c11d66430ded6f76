import {
  allFeatures,
  type IamStatement,
  type PermissionScope,
  RuleError,
  statementsFor,
} from "../../service";
import type { DeniedCall } from "../../terraform";

/** The statements that allow what was denied: those of the deploy policies, else the least that does. */
export function statementsToAdd(
  call: DeniedCall,
  scope: PermissionScope | undefined,
): readonly IamStatement[] {
  const known = scope === undefined ? [] : knownStatements(call.action, scope);
  const fitting = known.filter(({ Resource }) => coversResource(Resource, call.resource));
  if (fitting.length > 0) return fitting;
  return known.length > 0 ? known : [ownStatement(call)];
}

/**
 * What is known of a caller of whom there is no access file: any feature, in his account and Region. Missing where
 * the Region is not known, since ARNs would name any.
 */
export const scopeOfCaller = (
  account: string | undefined,
  region: string | undefined,
): PermissionScope | undefined =>
  region === undefined
    ? undefined
    : { ...(account === undefined ? {} : { account }), regions: [region], features: allFeatures };

function knownStatements(action: string, scope: PermissionScope): readonly IamStatement[] {
  try {
    const ofScope = statementsFor(action, scope);
    // The provider may call what the scope has no feature for, as to remove what it had before.
    return ofScope.length > 0 ? ofScope : statementsFor(action, { ...scope, features: allFeatures });
  } catch (error) {
    if (error instanceof RuleError) return [];
    throw error;
  }
}

/** An action that no feature takes, as those on the state: on what AWS named, else on anything. */
function ownStatement({ action, resource }: DeniedCall): IamStatement {
  const [service = "", operation = ""] = action.split(":");
  const word = service.replace(/[^a-z0-9]/gi, "");
  return {
    Sid: `Allow${word.charAt(0).toUpperCase()}${word.slice(1)}${operation.replace(/\W/g, "")}`,
    Effect: "Allow",
    Action: [action],
    Resource: resource?.startsWith("arn:") ? resource : "*",
  };
}

function coversResource(patterns: IamStatement["Resource"], resource: string | undefined): boolean {
  if (!resource?.startsWith("arn:")) return true;
  return [patterns].flat().some((pattern) => likeArn(pattern).test(resource));
}

const likeArn = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
  );
