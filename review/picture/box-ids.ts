import { type AccessPicture, keysOf } from "./access-picture";

export const entranceId = (place: number) => `entrance${place}`;
export const targetId = (place: number) => `target${place}`;

/** By the key of a row of the matrix, or `public`, the id of the box of the picture that it is in. */
export type BoxIds = ReadonlyMap<string, string>;

export function boxIds({ entrances, targets }: AccessPicture): BoxIds {
  return new Map([
    ...entrances.flatMap((one, place) => keysOf(one).map((key) => [key, entranceId(place)] as const)),
    ...targets.flatMap(({ groups }, place) => groups.map(({ key }) => [key, targetId(place)] as const)),
  ]);
}
