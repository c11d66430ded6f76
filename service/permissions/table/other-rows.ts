import type { PermissionRow } from "../permission-row";
import { sources } from "./sources";

/** What belongs to no feature: who is calling, and what an application does with collections. */
export const otherRows: readonly PermissionRow[] = [
  {
    feature: "account",
    phases: ["read"],
    operation: "sts GetCallerIdentity",
    action: "sts:GetCallerIdentity",
    resourceTypes: [],
    conditionKeys: [],
    forwarded: false,
    statements: [],
    purpose: "learns the account; it takes no permission, so no policy has it",
    source: sources.sts,
  },
  {
    feature: "client",
    phases: ["use"],
    operation: "any request to a collection's endpoint",
    action: "aoss:APIAccessAll",
    resourceTypes: ["Collection"],
    conditionKeys: ["aoss:collection"],
    forwarded: false,
    statements: ["UseCollections"],
    purpose:
      "lets an application send requests to a collection; data access policies say what they may do there",
    source: sources.client,
  },
  {
    feature: "client",
    phases: ["use"],
    operation: "any request to a dashboards endpoint",
    action: "aoss:DashboardsAccessAll",
    resourceTypes: ["Dashboards"],
    conditionKeys: ["aoss:collection"],
    forwarded: false,
    statements: ["UseDashboards"],
    purpose: "lets people open the dashboards of a collection",
    source: sources.client,
  },
];
