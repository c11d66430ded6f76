import { distance } from "fastest-levenshtein";
import { services } from "../services";
import { placeOf } from "./policy-problem";

/** An action in a policy that is likely a slip; IAM itself takes any name. */
export interface ActionHint {
  /** `Statement[0].Action[1]` */
  readonly place: string;
  /** `aoss:CreateVpcEndpoin` */
  readonly action: string;
  /** `aoss:CreateVpcEndpoint` */
  readonly meant: string;
}

/**
 * Actions of a good policy, or of a list of them, that are one or two letters away from one that the sandbox serves:
 * near enough for a slip, and no two actions of AWS that are known here are as near.
 */
export function actionHints(policy: unknown): readonly ActionHint[] {
  return itemsOf(policy).flatMap(([index, each]) => {
    const text = typeof each === "string" ? (JSON.parse(each) as unknown) : each;
    const statements = itemsOf((text as { readonly Statement?: unknown } | null)?.Statement);
    return statements.flatMap(([number, statement]) =>
      ["Action", "NotAction"].flatMap((key) =>
        itemsOf((statement as Readonly<Record<string, unknown>>)[key]).flatMap(([position, action]) => {
          const meant = typeof action === "string" ? meantBy(action) : undefined;
          if (meant === undefined) return [];
          const place = placeOf([
            ...index,
            "Statement",
            ...(number.length > 0 ? number : [0]),
            key,
            ...position,
          ]);
          return [{ place, action: String(action), meant }];
        }),
      ),
    );
  });
}

/** One value or a list of them, each with its index where it is in a list. */
const itemsOf = (value: unknown): readonly (readonly [readonly number[], unknown])[] => {
  if (Array.isArray(value)) return value.map((item: unknown, index) => [[index], item] as const);
  return value === undefined ? [] : [[[], value]];
};

/** How many letters may be wrong. */
const slip = 2;

/** The action of the same service that was meant; IAM does not tell capitals from others. */
function meantBy(action: string): string | undefined {
  const [service = "", name = ""] = action.split(":");
  const known = services[service.toLowerCase()];
  const served = known?.actions ?? known?.operations ?? [];
  const isOf = (operation: string, most: number) =>
    distance(name.toLowerCase(), operation.toLowerCase()) <= most;
  if (/[*?]/.test(action) || served.some((operation) => isOf(operation, 0))) return undefined;
  const meant =
    served.find((operation) => isOf(operation, 1)) ?? served.find((operation) => isOf(operation, slip));
  return meant === undefined ? undefined : `${service}:${meant}`;
}
