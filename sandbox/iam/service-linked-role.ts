import type { Call } from "../call";
import type { ServiceLinkedRole } from "../state/state";
import { newUniqueId } from "./unique-id";

/**
 * The role through which OpenSearch Serverless writes metrics (its developer guide, service-linked roles): the only
 * one whose name is known here.
 */
export const aossRole = {
  name: "AWSServiceRoleForAmazonOpenSearchServerless",
  serviceName: "observability.aoss.amazonaws.com",
} as const;

/** The path of the roles of a service, such as `/aws-service-role/observability.aoss.amazonaws.com/`. */
export const servicePath = (serviceName: string): string => `/aws-service-role/${serviceName}/`;

/** Whether the account has the role of OpenSearch Serverless. */
export const hasAossRole = ({ accountState }: Call): boolean =>
  accountState.serviceLinkedRoles.has(aossRole.name);

/** Makes the role of OpenSearch Serverless in an account that has none. */
export function makeAossRole(
  { accountState, now }: Call,
  more: Pick<ServiceLinkedRole, "description" | "isByCaller"> = {},
): ServiceLinkedRole {
  const role: ServiceLinkedRole = {
    ...aossRole,
    id: newUniqueId("AROA"),
    ...more,
    createdDate: now,
  };
  accountState.serviceLinkedRoles.set(role.name, role);
  return role;
}
