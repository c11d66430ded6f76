import { randomUUID } from "node:crypto";
import type { Call } from "../call";
import { queryAction, type XmlElement } from "../protocol/query-action";
import { settle } from "../state/settle";
import { noSuchEntity } from "./refusals";
import { servicePath } from "./service-linked-role";

/** The newest tasks are remembered, so that a sandbox which runs for long does not grow. */
const maxTasks = 100;

/**
 * Submits the role for deletion. A role whose service still has resources stays, and the task says which (API
 * reference, DeleteServiceLinkedRole). That it is the collections that count, and that nothing else takes time, is our
 * reading.
 */
export const deleteServiceLinkedRole = queryAction(
  (parameters) => ({ name: parameters.required("RoleName") }),
  (call, { name }) => {
    const { serviceLinkedRoles } = call.accountState;
    const role = serviceLinkedRoles.get(name);
    if (!role) throw noSuchEntity(`The role with name ${name} cannot be found.`);
    const task = `task${servicePath(role.serviceName)}${name}/${randomUUID()}`;
    const inUse = collectionsByRegion(call);
    call.accountState.roleDeletions ??= new Map();
    const tasks = call.accountState.roleDeletions;
    tasks.set(task, inUse);
    const [oldest] = tasks.keys();
    if (tasks.size > maxTasks && oldest !== undefined) tasks.delete(oldest);
    if (inUse.size === 0) serviceLinkedRoles.delete(name);
    return { DeletionTaskId: task };
  },
);

export const getServiceLinkedRoleDeletionStatus = queryAction(
  (parameters) => ({ task: parameters.required("DeletionTaskId") }),
  (call, { task }) => {
    const inUse = call.accountState.roleDeletions?.get(task);
    if (!inUse) throw noSuchEntity(`The deletion task with id ${task} cannot be found.`);
    if (inUse.size === 0) return { Status: "SUCCEEDED" };
    const usages: readonly XmlElement[] = [...inUse].map(([Region, arns]) => ({
      Region,
      Resources: { member: arns },
    }));
    return {
      Status: "FAILED",
      Reason: {
        Reason: "The role is in use: delete the collections of the account first.",
        RoleUsageList: { member: usages },
      },
    };
  },
);

/** ARNs of the account's collections, by Region; IAM has no Region, so that only now is seen what became of them. */
function collectionsByRegion({ accountState, now }: Call): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const [region, state] of accountState.regions) {
    settle(state, now);
    const arns = [...state.collections.values()].map(({ arn }) => arn);
    if (arns.length > 0) found.set(region, arns);
  }
  return found;
}
