import { resourceName } from "../service";
import { matches, withName } from "./hcl";

const hashLength = 6;

/**
 * `deriveName` of `service` in HCL: what fits is taken as it is, anything else is shortened and told apart by a hash.
 * @param parts expressions, joined by "-"
 */
export function derivedName(...parts: readonly string[]): string {
  const { min, max, pattern } = resourceName;
  const wanted = parts.length === 1 ? (parts[0] ?? "") : `join("-", [${parts.join(", ")}])`;
  const letters =
    'replace(replace(replace(lower(wanted), "/[^a-z0-9-]+/", "-"), "/^[^a-z]+/", ""), "/-+$/", "")';
  const head = withName(
    "letters",
    letters,
    `replace(substr(letters == "" ? "x" : letters, 0, ${max - hashLength - 1}), "/-+$/", "")`,
  );
  const fits = `length(wanted) >= ${min} && length(wanted) <= ${max} && ${matches(pattern, "wanted")}`;
  return withName(
    "wanted",
    wanted,
    `${fits} ? wanted : "\${${head}}-\${substr(sha256(wanted), 0, ${hashLength})}"`,
  );
}

/** The name of an endpoint that is given none. */
export const endpointName = (key: string) => derivedName("var.name", key);
