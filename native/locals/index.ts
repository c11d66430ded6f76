import { dataAccessLocals } from "./data-access";
import { encryptionLocals } from "./encryption";
import { endpointLocals } from "./endpoints";
import { networkLocals } from "./network";
import { retentionLocals } from "./retention";

/** All that the module works out of its inputs, as expressions. */
export const locals: Readonly<Record<string, string>> = {
  ...endpointLocals,
  ...networkLocals,
  ...encryptionLocals,
  ...dataAccessLocals,
  ...retentionLocals,
  collections: `{ for name, one in var.collections : name => {
    type = upper(one.type)
    standby_replicas = one.standby_replicas ? "ENABLED" : "DISABLED"
    description = one.description == "" ? null : one.description
    tags = [for tags in [merge(var.tags, one.tags)] : length(tags) == 0 ? null : tags][0]
  } }`,
};
