import { commonQueryForm, queryService } from "../protocol/query-protocol";
import { deleteServiceLinkedRole, getServiceLinkedRoleDeletionStatus } from "./role-deletion";
import { createServiceLinkedRole, getRole, getUser, listRoles } from "./roles";

/** IAM, as far as OpenSearch Serverless needs it: who calls, and the role that the service works with. */
export const iam = queryService({
  version: "2010-05-08",
  actions: {
    CreateServiceLinkedRole: createServiceLinkedRole,
    DeleteServiceLinkedRole: deleteServiceLinkedRole,
    GetRole: getRole,
    GetServiceLinkedRoleDeletionStatus: getServiceLinkedRoleDeletionStatus,
    GetUser: getUser,
    ListRoles: listRoles,
  },
  ...commonQueryForm("https://iam.amazonaws.com/doc/2010-05-08/"),
});
