import type { PermissionRow } from "../permission-row";
import { collectionRows } from "./collection-rows";
import { managedEndpointRows } from "./endpoint-rows";
import { endpointTagRows, nextgenEndpointRows } from "./nextgen-endpoint-rows";
import { otherRows } from "./other-rows";
import { policyRows } from "./policy-rows";
import { securityGroupRows } from "./security-group-rows";
import { sharedZoneRows } from "./shared-zone-rows";

/**
 * Which permissions each feature takes: API operation, IAM action, what the action can be limited to, whose call it
 * is, and who says so. `docs/permissions.md` is made from it.
 */
export const permissionTable: readonly PermissionRow[] = [
  ...managedEndpointRows,
  ...nextgenEndpointRows,
  ...securityGroupRows,
  ...endpointTagRows,
  ...sharedZoneRows,
  ...policyRows,
  ...collectionRows,
  ...otherRows,
];
