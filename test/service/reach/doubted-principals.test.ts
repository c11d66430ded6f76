import { explain } from "../../../service";
import { collection, dataPolicy, fromEndpoint, policy, role, smallWorld } from "./small-world";

const read = ["aoss:ReadDocument"];
const root = (account = "123456789012") => `arn:aws:iam::${account}:root`;
const session = (name: string) => `arn:aws:sts::123456789012:assumed-role/${name}/laptop`;

/** Whether a principal gets at the data of a collection, where one block of a policy names others. */
function asked(named: readonly string[], principal: string, name = "orders", account?: string) {
  const world = smallWorld({
    account,
    dataPolicies: [dataPolicy("readers", named, "index", ["index/orders/*"], read)],
  });
  return explain(world, { kind: "principal", principal }, collection(name));
}

describe("a policy that names the root of an account", () => {
  test("leaves open whether it admits the account's roles, users, sessions and identities", () => {
    for (const one of [
      role("nobody"),
      session("nobody"),
      "arn:aws:iam::123456789012:user/bob",
      "saml/123456789012/idp/user/alice",
      // which account an Identity Center user is of is not known
      "iamidentitycenter/ssoins-1/user/alice",
    ]) {
      const answer = asked([root()], one, "orders", "123456789012");
      expect([answer.verdict, answer.unknown]).toEqual([
        "unknown",
        [`whether ${root()} admits ${one}, which AWS does not say`],
      ]);
    }
  });

  test("tells what would be permitted, and what makes it sure", () => {
    expect(asked([root()], role("nobody")).paths[0]?.gates).toEqual([
      {
        gate: "data-access",
        verdict: "unknown",
        reason: `not known: whether ${root()} admits ${role("nobody")}, which AWS does not say; data access policy readers $[0] permits aoss:ReadDocument on index/orders/*`,
        remedy:
          "name it as Principal in a data access policy with permissions on index/orders/* or collection/orders",
      },
    ]);
  });

  test("admits nobody of another account, nor on what the policy does not cover", () => {
    expect(asked([root("999999999999")], role("nobody")).verdict).toBe("shut");
    expect(asked([root("999999999999")], role("nobody"), "orders", "123456789012").verdict).toBe("shut");
    expect(asked([root()], role("nobody", "999999999999"), "orders", "123456789012").verdict).toBe("shut");
    expect(asked([root()], role("nobody"), "logs-eu").verdict).toBe("shut");
  });

  test("decides nothing for a role that is named besides", () => {
    expect(asked([root(), role("reader")], role("reader")).verdict).toBe("open");
    expect(asked([root(), role("reader")], role("reader")).unknown).toEqual([]);
  });

  test("adds what is not known to what is surely permitted", () => {
    const world = smallWorld({
      dataPolicies: [
        dataPolicy("sure", [role("reader")], "index", ["index/orders/*"], read),
        dataPolicy("all", [root()], "index", ["index/*/*"], read),
      ],
    });
    const ofReader = { kind: "principal", principal: role("reader") } as const;
    expect(explain(world, ofReader, collection("orders")).verdict).toBe("open");
    expect(explain(world, ofReader, collection("logs-eu")).verdict).toBe("unknown");
    const all = explain(world, ofReader, collection("*"));
    expect([all.verdict, all.unknown]).toEqual([
      "partly",
      [`whether ${root()} admits ${role("reader")}, which AWS does not say`],
    ]);
  });

  test("is not shut behind a network that opens just what is not known", () => {
    const world = smallWorld({
      networkPolicies: [policy("apps", { endpoints: ["vpce-apps"] }, ["collection", "logs-eu"])],
      dataPolicies: [
        dataPolicy("sure", [role("reader")], "index", ["index/orders/*"], read),
        dataPolicy("all", [root()], "index", ["index/*/*"], read),
      ],
    });
    const from = { ...fromEndpoint("apps"), as: role("reader") };
    expect(explain(world, from, collection("*")).verdict).toBe("unknown");
    expect(explain(world, from, collection("orders")).verdict).toBe("shut");
  });
});

describe("a policy that names a group", () => {
  test.each([
    ["saml/123456789012/idp/group/devs", "saml/123456789012/idp/user/alice"],
    ["iamidentitycenter/ssoins-1/group/devs", "iamidentitycenter/ssoins-1/user/alice"],
    ["iamfederation/conf/group/devs", "iamfederation/conf/user/alice"],
  ])("%s leaves open whether %s is in it", (group, user) => {
    const answer = asked([group], user);
    expect([answer.verdict, answer.unknown]).toEqual(["unknown", [`whether ${user} is in ${group}`]]);
  });

  test.each([
    ["another provider", "saml/123456789012/idp/group/devs", "saml/123456789012/other/user/alice"],
    ["another instance", "iamidentitycenter/ssoins-1/group/devs", "iamidentitycenter/ssoins-2/user/alice"],
    ["another group", "saml/123456789012/idp/group/devs", "saml/123456789012/idp/group/ops"],
    ["another user", "saml/123456789012/idp/user/bob", "saml/123456789012/idp/user/alice"],
    ["a role", "saml/123456789012/idp/group/devs", role("alice")],
  ])("is of no use to %s", (_, named, principal) => {
    expect(asked([named], principal).verdict).toBe("shut");
  });
});

describe("a policy that names the session of a role", () => {
  test("leaves open whether the role comes as that session", () => {
    const answer = asked([session("reader")], role("team/reader"));
    expect([answer.verdict, answer.unknown]).toEqual([
      "unknown",
      [`whether ${role("team/reader")} comes as its session ${session("reader")}`],
    ]);
  });

  test("is of no use to its other sessions, nor to a role whose name begins alike", () => {
    const other = "arn:aws:sts::123456789012:assumed-role/reader/desktop";
    expect(asked([session("reader")], other).verdict).toBe("shut");
    expect(asked([session("reader")], role("read")).verdict).toBe("shut");
    expect(asked([session("read")], role("reader")).verdict).toBe("shut");
  });
});

describe("the session of a role", () => {
  test("has what its role has, whatever its path, and not what a role has whose name begins or ends alike", () => {
    expect(asked([role("reader")], session("reader")).verdict).toBe("open");
    expect(asked([role("team/reader")], session("reader")).verdict).toBe("open");
    for (const other of ["read", "reader2", "proofreader", "reader/writer", "team/reader-eu"]) {
      expect([other, asked([role(other)], session("reader")).verdict]).toEqual([other, "shut"]);
    }
    expect(asked([role("reader")], session("reader-eu")).verdict).toBe("shut");
  });
});
