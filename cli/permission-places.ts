import type { AccessFile, LoadedAccess } from "../config";
import { checkPermissionScope, type PermissionScope } from "../service";

type Stacks = AccessFile["stacks"];

type Path = readonly (string | number)[];

/** `access.yaml:12:9 stacks.search.account` */
export function placeText({ placeOf }: Pick<LoadedAccess, "placeOf">, path: Path, atKey = false): string {
  const { file, line, column, path: text } = placeOf([...path], atKey);
  return `${file}:${line}:${column} ${text}`;
}

/** Where what is wrong with a scope stands in the access file; nothing where no one place has it. */
export function placeOfProblem(
  loaded: LoadedAccess,
  stacks: Stacks,
  scope: PermissionScope,
  problem: string,
): string | undefined {
  const name = scope.collections?.find((one) => problem.includes(`"${one}"`));
  if (name !== undefined) return placeOfName(loaded, stacks, name);
  const [first, ...others] = Object.entries(stacks);
  const elsewhere = others.find(
    ([, { region }]) =>
      checkPermissionScope({ regions: [first?.[1].region ?? region, region], features: [] }, "client")
        .length > 0,
  );
  return elsewhere && placeText(loaded, ["stacks", elsewhere[0], "region"]);
}

/** The first place that names a collection: a list of names, a list of indexes in it, or its own key. */
function placeOfName(loaded: LoadedAccess, stacks: Stacks, name: string): string | undefined {
  for (const [stack, entry] of Object.entries(stacks)) {
    const at = ["stacks", stack];
    for (const list of ["grants", "dataAccess", "encryption", "lifecycle"] as const) {
      const path = pathTo(entry[list], name, [...at, list]);
      if (path) return placeText(loaded, path);
    }
    if (Object.hasOwn(entry.collections, name)) return placeText(loaded, [...at, "collections", name], true);
  }
  return undefined;
}

function pathTo(value: unknown, name: string, path: Path): Path | undefined {
  if (typeof value === "string") return value === name || value.startsWith(`${name}/`) ? path : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, each] of Object.entries(value)) {
    const found = pathTo(each, name, [...path, Array.isArray(value) ? Number(key) : key]);
    if (found) return found;
  }
  return undefined;
}
