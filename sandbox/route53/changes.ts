import { randomBytes } from "node:crypto";
import type { Call } from "../call";
import { AwsError } from "../protocol/aws-error";
import type { XmlElement } from "../protocol/query-action";
import type { RestOperation } from "../protocol/rest-xml";

/** The newest changes are remembered, so that a sandbox which runs for long does not grow. */
const maxChanges = 10_000;

/** Notes a change: PENDING in the answer to it, INSYNC whenever it is asked for again. */
export function newChange(call: Call): XmlElement {
  const { hostedZoneChanges } = call.accountState;
  const id = `C${randomBytes(10).toString("hex").toUpperCase()}`;
  hostedZoneChanges.set(id, call.now);
  const [oldest] = hostedZoneChanges.keys();
  if (hostedZoneChanges.size > maxChanges && oldest !== undefined) hostedZoneChanges.delete(oldest);
  return changeInfo(id, "PENDING", call.now);
}

const changeInfo = (id: string, status: "INSYNC" | "PENDING", submittedAt: number): XmlElement => ({
  Id: `/change/${id}`,
  Status: status,
  SubmittedAt: new Date(submittedAt).toISOString(),
});

export const getChange: RestOperation = {
  method: "GET",
  path: "/change/{Id}",
  read:
    ({ path: { Id: id = "" } }) =>
    ({ accountState }) => {
      const submittedAt = accountState.hostedZoneChanges.get(id);
      if (submittedAt === undefined) {
        throw new AwsError("NoSuchChange", `Could not find resource with ID: ${id}`, 404);
      }
      return { body: { ChangeInfo: changeInfo(id, "INSYNC", submittedAt) } };
    },
};
