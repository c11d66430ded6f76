import { parseAccessFile } from "../../config";

const warningsOf = (dataAccess: string, region = "eu-central-1") =>
  parseAccessFile(
    `version: 1
stacks:
  search:
    region: eu-central-1
    endpoints: {}
    collections: { orders: { services: [bedrock.amazonaws.com] } }
    grants: [{ collections: ["logs-*"], services: [bedrock.amazonaws.com] }]
  readers:
    region: ${region}
    endpoints: {}
    dataAccess:
      - { principals: ["arn:aws:iam::123456789012:role/reader"], ${dataAccess} }
`,
    "access.yaml",
  ).warnings.map(
    ({ position, problem, remedy }) => `${position?.line}:${position?.column} ${problem}; ${remedy}`,
  );

test("data access to a collection that is spelt like one that is made or opened earns a warning", () => {
  expect(warningsOf('indexes: ["ordres/*"], indexPermissions: ["aoss:ReadDocument"]')).toEqual([
    '12:76 data access to "ordres", which nothing here makes or opens; did you mean "orders"?',
  ]);
  expect(warningsOf('collections: [order], collectionPermissions: ["aoss:DescribeCollectionItems"]')).toEqual(
    ['12:80 data access to "order", which nothing here makes or opens; did you mean "orders"?'],
  );
});

test.each(["orders/*", "orders-*/*", "logs-web/*", "logs-*/*", "ord*/*", "*/*", "invoices/*"])(
  "data access to %s earns none: it is known, wider, or may be made elsewhere",
  (index) => {
    expect(warningsOf(`indexes: ["${index}"], indexPermissions: ["aoss:ReadDocument"]`)).toEqual([]);
  },
);

test("collections of another Region do not count", () => {
  expect(
    warningsOf('indexes: ["ordres/*"], indexPermissions: ["aoss:ReadDocument"]', "us-east-1").filter((one) =>
      one.includes("data access"),
    ),
  ).toEqual([]);
});
