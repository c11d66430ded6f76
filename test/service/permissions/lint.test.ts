import { lintPolicy, validateIdentityPolicy } from "@cloud-copilot/iam-policy";
import { permissionPolicies, permissionVariants } from "../../../service";
import { scopes } from "./scopes";

const cases = permissionVariants.flatMap((variant) =>
  scopes.map(([name, scope]) => [variant, name, scope] as const),
);

test.each(cases)(
  "the policies to %s %s pass a validator and a linter that are not ours",
  (variant, _name, scope) => {
    const policies = permissionPolicies(variant, scope);
    for (const { document, text } of policies) {
      expect(JSON.parse(text)).toEqual(document);
      expect([...validateIdentityPolicy(document), ...lintPolicy(document)]).toEqual([]);
    }
  },
);

test.each(cases)(
  "those to %s %s fit into what IAM takes, under names and statement ids of their own",
  (variant, _name, scope) => {
    const policies = permissionPolicies(variant, scope);
    for (const { text, characters, document } of policies) {
      expect(characters).toBe(text.replaceAll(/\s/g, "").length);
      expect(characters).toBeLessThanOrEqual(6144);
      expect(document.Statement.length).toBeGreaterThan(0);
    }
    const sids = policies.flatMap(({ document }) => document.Statement.map(({ Sid }) => Sid));
    expect(sids.filter((sid) => !/^[A-Za-z0-9]+$/.test(sid))).toEqual([]);
    expect(new Set(sids).size).toBe(sids.length);
    expect(new Set(policies.map(({ name }) => name)).size).toBe(policies.length);
  },
);
