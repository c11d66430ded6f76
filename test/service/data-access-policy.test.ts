import {
  checkDataAccess,
  checkDataPermission,
  checkIndexPattern,
  dataAccessBlock,
  serialiseDataAccessPolicy,
  validateDataAccessPolicy,
} from "../../service";

const role = "arn:aws:iam::123456789012:role/reader";
const reading = { ResourceType: "index", Resource: ["index/orders/*"], Permission: ["aoss:ReadDocument"] };
const good = { Rules: [reading], Principal: [role] };
const withRule = (rule: object) => [{ ...good, Rules: [rule] }];
const withPrincipal = (principal: unknown) => [{ ...good, Principal: [principal] }];

test("the canonical text has sorted keys, permissions, resources and principals, and one rule for one set of permissions", () => {
  const block = dataAccessBlock({
    principals: ["arn:aws:iam::123456789012:user/annie", role],
    collections: [{ collections: ["orders"], permissions: ["aoss:DescribeCollectionItems"] }],
    indexes: [
      { indexes: ["orders/b*"], permissions: ["aoss:WriteDocument", "aoss:ReadDocument"] },
      { indexes: ["orders/a*"], permissions: ["aoss:ReadDocument", "aoss:WriteDocument"] },
    ],
    description: "reports",
  });
  expect(serialiseDataAccessPolicy([block])).toBe(
    `[{"Description":"reports","Principal":["${role}","arn:aws:iam::123456789012:user/annie"],"Rules":[` +
      '{"Permission":["aoss:DescribeCollectionItems"],"Resource":["collection/orders"],"ResourceType":"collection"},' +
      '{"Permission":["aoss:ReadDocument","aoss:WriteDocument"],"Resource":["index/orders/a*","index/orders/b*"],"ResourceType":"index"}]}]',
  );
});

describe("each row of what is known of data access policies has a document that is taken and one that is not", () => {
  const resource = [0, "Rules", 0, "Resource", 0];
  const permission = [0, "Rules", 0, "Permission", 0];
  const principal = [0, "Principal", 0];
  const collection = {
    ResourceType: "collection",
    Resource: ["collection/orders"],
    Permission: ["aoss:RestoreSnapshot"],
  };
  const model = {
    ResourceType: "model",
    Resource: ["model/orders/*"],
    Permission: ["aoss:ExecuteMLResource"],
  };
  const agent = { ResourceType: "agent", Resource: ["agent/orders/*"], Permission: ["aoss:InvokeAgent"] };
  test.each<[row: string, taken: unknown, refused: unknown, path: readonly (string | number)[]]>([
    ["the document is an array", [good], good, []],
    [
      "Description is a text",
      [{ ...good, Description: "x" }],
      [{ ...good, Description: ["x"] }],
      [0, "Description"],
    ],
    ["Rules stands there", [good], [{ Principal: [role] }], [0, "Rules"]],
    ["Principal stands there", [good], [{ Rules: [reading] }], [0, "Principal"]],
    ["Principal names somebody", [good], [{ ...good, Principal: [] }], [0, "Principal"]],
    ["no other key", [good], [{ ...good, Effect: "Deny" }], [0, "Effect"]],
    ["no other key in a rule", [good], withRule({ ...reading, Condition: {} }), [0, "Rules", 0, "Condition"]],
    [
      "a ResourceType of four",
      withRule(model),
      withRule({ ...reading, ResourceType: "alias" }),
      [0, "Rules", 0, "ResourceType"],
    ],
    [
      "a collection",
      withRule(collection),
      withRule({ ...collection, Resource: ["index/orders/*"] }),
      resource,
    ],
    [
      "permissions of a collection",
      withRule({ ...collection, Permission: ["aoss:*"] }),
      withRule({ ...collection, Permission: ["aoss:ReadDocument"] }),
      permission,
    ],
    [
      "an index has a collection and a name",
      withRule({ ...reading, Resource: ["index/*/*"] }),
      withRule({ ...reading, Resource: ["index/orders"] }),
      resource,
    ],
    [
      "the name of an index has a * only at its end",
      withRule({ ...reading, Resource: ["index/ord*/a.b-c_d+*"] }),
      withRule({ ...reading, Resource: ["index/orders/*a"] }),
      resource,
    ],
    [
      "~ and = are not for data access",
      withRule({ ...reading, Resource: ["index/orders/0;&$%"] }),
      withRule({ ...reading, Resource: ["index/orders/a~"] }),
      resource,
    ],
    [
      "permissions of an index",
      withRule({ ...reading, Permission: ["aoss:DelegateAccess"] }),
      withRule({ ...reading, Permission: ["aoss:CreateCollectionItems"] }),
      permission,
    ],
    ["a model", withRule(model), withRule({ ...model, Resource: ["model/orders"] }), resource],
    [
      "permissions of a model",
      withRule(model),
      withRule({ ...model, Permission: ["aoss:InvokeAgent"] }),
      permission,
    ],
    ["an agent", withRule(agent), withRule({ ...agent, Resource: ["agent/orders"] }), resource],
    [
      "permissions of an agent",
      withRule(agent),
      withRule({ ...agent, Permission: ["aoss:DescribeIndex"] }),
      permission,
    ],
    ["an IAM role", withPrincipal(role), withPrincipal("role/reader"), principal],
    [
      "a session of the policy's account, which AWS takes",
      withPrincipal("arn:aws:sts::123456789012:assumed-role/reader/me"),
      withPrincipal("arn:aws:sts::210987654321:assumed-role/reader/me"),
      principal,
    ],
    [
      "a principal of the policy's account",
      withPrincipal(role),
      withPrincipal("arn:aws:iam::210987654321:role/reader"),
      principal,
    ],
    [
      "a SAML user or group",
      withPrincipal("saml/123456789012/myprovider/user/Annie"),
      withPrincipal("saml/123456789012/myprovider/Annie"),
      principal,
    ],
    [
      "a SAML identity of the policy's account",
      withPrincipal("saml/123456789012/anotherprovider/group/Accounting"),
      withPrincipal("saml/210987654321/anotherprovider/group/Accounting"),
      principal,
    ],
    ["somebody, not everybody", withPrincipal(role), withPrincipal("*"), principal],
  ])("%s", (_row, taken, refused, path) => {
    const context = { account: "123456789012" };
    expect(validateDataAccessPolicy(taken, context)).toEqual([]);
    expect(validateDataAccessPolicy(refused, context).map((one) => one.path)).toEqual([path]);
  });

  test("a principal of any account is taken while the policy's is not known", () => {
    expect(validateDataAccessPolicy(withPrincipal("arn:aws:iam::210987654321:role/reader"))).toEqual([]);
  });
});

describe("a permission is refused with what was meant", () => {
  test.each([
    ["index", "aoss:ReadDocumnet", 'did you mean "aoss:ReadDocument"?'],
    ["index", "readDocument", 'did you mean "aoss:ReadDocument"?'],
    ["collection", "aoss:DescribeItems", "allowed: aoss:CreateCollectionItems,"],
    ["collection", "aoss:ReadDocument", "put it into a rule for index"],
    ["index", "aoss:APIAccessAll", "allow it in the principals' IAM policies"],
  ] as const)("%s %s", (type, permission, remedy) => {
    expect(checkDataPermission(type, permission)?.remedy).toContain(remedy);
  });

  test("unless it is one", () => {
    expect(checkDataPermission("index", "aoss:DelegateAccess")).toBeUndefined();
    expect(checkDataPermission("agent", "aoss:*")).toBeUndefined();
  });
});

describe("what names indexes", () => {
  test.each(["orders/2024-*", "*/*", "log*/a", "orders/;x"])("%s is taken", (pattern) => {
    expect(checkIndexPattern(pattern)).toBeUndefined();
  });

  test.each([
    ["orders", 'write "orders/*" for all indexes of the collection'],
    ["index/orders/a", 'leave out "index/"'],
    ["orders/a/b", "write COLLECTION/INDEX"],
    ["or/a", "use its name, a prefix of 3 or more characters"],
    ["orders/A", "lower case"],
    ["orders/.kibana", "starts with a letter"],
    ["orders/a=b", "holds besides only + . - _;"],
  ])("%s is refused", (pattern, remedy) => {
    expect(checkIndexPattern(pattern)?.remedy).toContain(remedy);
  });

  test("may hold ~ and = in a lifecycle policy", () => {
    expect(checkIndexPattern("orders/a~b=", "retention")).toBeUndefined();
  });
});

describe("data access wanted that grants nothing is refused", () => {
  const indexes = [{ indexes: ["orders/*"], permissions: ["aoss:ReadDocument"] }];
  test.each([
    ["nobody", { principals: [], indexes }, "no principal: nobody is granted anything"],
    ["nothing", { principals: [role] }, "neither collections nor indexes: nothing is granted"],
    [
      "no permission",
      { principals: [role], indexes: [{ indexes: ["orders/*"], permissions: [] }] },
      "no permission in an entry for index permissions",
    ],
    [
      "no collection",
      { principals: [role], indexes, collections: [{ collections: [], permissions: ["aoss:*"] }] },
      "no collection in an entry for collection permissions",
    ],
  ])("%s", (_what, wish, problem) => {
    expect(checkDataAccess(wish)?.problem).toBe(problem);
  });

  test("and what grants something is not", () => {
    expect(checkDataAccess({ principals: [role], indexes })).toBeUndefined();
  });
});
