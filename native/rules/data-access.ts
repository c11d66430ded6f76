import {
  checkDataAccessParts,
  checkDataPermission,
  type DataAccessParts,
  dataPermissions,
  dataResourceTypes,
} from "../../service";
import { isOneOf, json } from "../hcl";
import { given, message, type Rule, ruleOn } from "../message";

const lengthOf = (list: string) => `length(one.value.${list})`;

/**
 * Data access that grants nothing, to nobody, or names things and permissions that do not go together.
 * @param items expression of a list of `{ at, value }`, values having all five lists
 */
export function wrongParts(items: string): Rule[] {
  const whole = { principals: 1, collections: 1, collectionPermissions: 1, indexes: 1, indexPermissions: 1 };
  const told = (wrong: Partial<DataAccessParts>) =>
    message("one.at", checkDataAccessParts({ ...whole, ...wrong })[0]);
  const nothing = { collections: 0, collectionPermissions: 0, indexes: 0, indexPermissions: 0 };
  const rules: readonly (readonly [when: string, what: string])[] = [
    [`${lengthOf("principals")} == 0`, told({ principals: 0 })],
    [
      `${["collections", "collection_permissions", "indexes", "index_permissions"].map(lengthOf).join(" + ")} == 0`,
      told(nothing),
    ],
    [
      `${lengthOf("collections")} > 0 && ${lengthOf("collection_permissions")} == 0`,
      told({ collectionPermissions: 0 }),
    ],
    [
      `${lengthOf("collections")} == 0 && ${lengthOf("collection_permissions")} > 0`,
      told({ collections: 0 }),
    ],
    [`${lengthOf("indexes")} > 0 && ${lengthOf("index_permissions")} == 0`, told({ indexPermissions: 0 })],
    [`${lengthOf("indexes")} == 0 && ${lengthOf("index_permissions")} > 0`, told({ indexes: 0 })],
  ];
  return rules.map(([when, what]) => ruleOn(`one in ${items}`, what, when));
}

const keys = { collection: "collectionPermissions", index: "indexPermissions" };

/** What a principal needs in IAM besides. */
const iamActions = ["aoss:APIAccessAll", "aoss:DashboardsAccessAll"];

/**
 * Permissions that are none of the type of thing.
 * @param items expression of a list of `{ at, value }`
 */
export function wrongPermissions(type: "collection" | "index", items: string): Rule {
  const known = dataPermissions[type];
  const elsewhere = new Set([...dataResourceTypes.flatMap((other) => dataPermissions[other]), ...iamActions]);
  const byMessage = new Map<string, string[]>();
  for (const permission of elsewhere) {
    if (known.includes(permission)) continue;
    const told = message("one.at", checkDataPermission(type, permission, keys), {
      [`"${permission}"`]: json("one.value"),
    });
    byMessage.set(told, [...(byMessage.get(told) ?? []), permission]);
  }
  const other = message("one.at", checkDataPermission(type, given.repeat(9), keys), {
    [`"${given.repeat(9)}"`]: json("one.value"),
  });
  const chain = [...byMessage].map(([told, permissions]) => `${isOneOf(permissions, "one.value")} ? ${told}`);
  return ruleOn(`one in ${items}`, [...chain, other].join(" : "), `!${isOneOf(known, "one.value")}`);
}
