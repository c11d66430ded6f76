import { parseAccessFile } from "../../config";

const accessFile = (service: string) => `version: 1
stacks:
  search:
    region: eu-central-1
    endpoints: {}
    grants: [{collections: [kb-docs], services: [${service}]}]
`;
const warningsOf = (service: string) =>
  parseAccessFile(accessFile(service), "access.yaml").warnings.map(({ problem, remedy }) => [
    problem,
    remedy,
  ]);

test("a service that AWS does not document is told with the one that was most likely meant", () => {
  expect(warningsOf("bedrok.amazonaws.com")).toEqual([
    [
      'service "bedrok.amazonaws.com" is not one that AWS documents in network policies',
      expect.stringMatching(/^did you mean "bedrock\.amazonaws\.com"\? documented: /),
    ],
  ]);
  expect(warningsOf("bedrock.amazonaws.com")).toEqual([]);
});

test("what the names of all services end in does not make two of them alike", () => {
  expect(warningsOf("s3.amazonaws.com")).toEqual([
    [
      'service "s3.amazonaws.com" is not one that AWS documents in network policies',
      "documented: application.opensearchservice.amazonaws.com, aoss.amazonaws.com, bedrock.amazonaws.com",
    ],
  ]);
});
