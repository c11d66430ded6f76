import type { Call } from "../call";
import { AwsError, validationError } from "../protocol/aws-error";
import {
  type Collection,
  defaultAccountSettings,
  type Generation,
  type GroupCapacityLimits,
} from "./collection-state";

type CapacityField = keyof GroupCapacityLimits;

const steps = "4, 8, 16, or any multiple of 16";
const pairs: readonly (readonly [CapacityField, CapacityField])[] = [
  ["minIndexingCapacityInOCU", "maxIndexingCapacityInOCU"],
  ["minSearchCapacityInOCU", "maxSearchCapacityInOCU"],
];

/**
 * Throws ValidationException, in the words seen from the service, for capacity limits that a group cannot have:
 * 0, 2, 4, 8, 16 or multiples of 16 for NEXTGEN, from 1 on for CLASSIC, and no minimum above its maximum.
 */
export function checkGroupCapacity(generation: Generation, limits: GroupCapacityLimits): void {
  const [small, allowed] = generation === "NEXTGEN" ? [[0, 2], `0, 2, ${steps}`] : [[1, 2], `1, 2, ${steps}`];
  for (const [name, value] of Object.entries(limits)) {
    if ([...small, 4, 8].includes(value) || (value > 0 && value % 16 === 0)) continue;
    throw validationError(`Invalid value for ${name}. Allowed values are: ${allowed}`);
  }
  for (const [minName, maxName] of pairs) {
    const [min, max] = [limits[minName], limits[maxName]];
    if (min === undefined || max === undefined || min <= max) continue;
    throw validationError(
      `Invalid capacity range: ${minName} (${decimal(min)}) exceeds ${maxName} (${decimal(max)})`,
    );
  }
}

const decimal = (value: number): string => value.toFixed(1);

/**
 * Throws OcuLimitExceededException if a new collection cannot run within the limits of the account. Collections
 * outside of groups share compute units as long as they share the key; vector search has units of its own. Each such
 * set takes at least 1 unit for indexing and 1 for search, half of that without standby replicas (developer guide,
 * capacity limits). The words are ours.
 */
export function checkAccountCapacity(
  call: Call,
  added: Pick<Collection, "kmsKeyArn" | "type" | "standbyReplicas" | "collectionGroupName">,
): void {
  if (added.collectionGroupName !== undefined) return;
  const unitsBySet = new Map<string, number>();
  for (const collection of [...call.state.collections.values(), added]) {
    if (collection.collectionGroupName !== undefined) continue;
    const set = `${collection.kmsKeyArn} ${collection.type === "VECTORSEARCH"}`;
    const units = collection.standbyReplicas === "ENABLED" ? 1 : 0.5;
    unitsBySet.set(set, Math.max(units, unitsBySet.get(set) ?? 0));
  }
  const needed = [...unitsBySet.values()].reduce((sum, units) => sum + units, 0);
  const { maxIndexingCapacityInOCU, maxSearchCapacityInOCU } =
    call.state.accountSettings ?? defaultAccountSettings;
  const limit = Math.min(maxIndexingCapacityInOCU, maxSearchCapacityInOCU);
  if (needed <= limit) return;
  throw new AwsError(
    "OcuLimitExceededException",
    `The collection would need ${needed} OCUs, which exceeds the limit of ${limit} OCUs of the account`,
  );
}
