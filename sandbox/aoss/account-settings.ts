import type { Call } from "../call";
import { quotaError } from "../protocol/aws-error";
import { type AccountSettings, defaultAccountSettings } from "./collection-state";

interface UpdateAccountSettingsRequest {
  readonly capacityLimits?: Partial<AccountSettings>;
}

/** Quota table: what an account can have at most, for indexing and for search. */
const maxCapacityInOcu = 1700;

export function getAccountSettings(call: Call): object {
  return { accountSettingsDetail: { capacityLimits: limitsOf(call) } };
}

/** A limit that is not named stays as it is. */
export function updateAccountSettings(call: Call, request: UpdateAccountSettingsRequest): object {
  const { capacityLimits = {} } = request;
  for (const [name, value] of Object.entries(capacityLimits)) {
    if (value <= maxCapacityInOcu) continue;
    throw quotaError(`${name}: ${value} exceeds the limit of ${maxCapacityInOcu} OCUs of the account`);
  }
  const { maxIndexingCapacityInOCU, maxSearchCapacityInOCU } = { ...limitsOf(call), ...capacityLimits };
  call.state.accountSettings = { maxIndexingCapacityInOCU, maxSearchCapacityInOCU };
  return getAccountSettings(call);
}

const limitsOf = (call: Call): AccountSettings => call.state.accountSettings ?? defaultAccountSettings;
