import { parseAccessFile } from "../../config";
import { refuseRealState } from "../../stacks";

const access = (backend: string) =>
  parseAccessFile(
    `version: 1
stacks:
  search:
    region: eu-central-1
${backend}
    endpoints: {}
    grants: [{ collections: [orders], from: [vpce-0a1b2c3d4e5f60731] }]
`,
    "access.yaml",
  ).access;
const inHcp = { AOSS_PRIVATELINK_SANDBOX_STATE: "cloud" };

test.each([
  ["in a file of the project", ""],
  ["behind a URL", '    backend: { http: { address: "https://state.example.com/{stack}" } }'],
])("in a sandbox with HCP Terraform a state %s is refused", (kept, backend) => {
  expect(() => refuseRealState(access(backend), inHcp)).toThrow(
    `stacks.search: the stack keeps its state ${kept}: a sandbox with --hcp would work on the real one; give it a cloud backend`,
  );
  expect(() => refuseRealState(access(backend), {})).not.toThrow();
});

test.each([
  '    backend: { cloud: { organization: acme, workspaces: { name: "{stack}" } } }',
  '    backend: { s3: { bucket: acme-states, key: "{stack}", region: eu-central-1 } }',
])("a state that is in the sandbox too is taken: %s", (backend) => {
  expect(() => refuseRealState(access(backend), inHcp)).not.toThrow();
});
