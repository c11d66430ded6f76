import { Collection, InterfaceEndpoint, PrivateAccess } from "../../modules";
import { newStack } from "../support/synthesized";

const other = InterfaceEndpoint.fromEndpointId("vpce-0a1b2c3d4e5f60799", { generation: "nextgen" });

function commentOf(add: (access: PrivateAccess) => void) {
  const stack = newStack();
  add(new PrivateAccess(stack, "Default"));
  stack.prepareStack();
  return stack.toTerraform()["//"].existing;
}

test("what exists already stands in the comment of the stack, which Terraform passes over", () => {
  const existing = commentOf((access) => {
    access.addCollection("embeddings", {
      collection: Collection.fromCollectionName("embeddings", { generation: "nextgen" }),
      from: [other],
    });
    access.addCollection("legacy", { collection: Collection.fromCollectionName("legacy") });
  });
  expect(existing).toEqual({
    collections: { embeddings: { exists: true, generation: "nextgen" }, legacy: { exists: true } },
    endpoints: { "vpce-0a1b2c3d4e5f60799": { generation: "nextgen" } },
  });
});

test("nothing stands there of what the stack makes, nor of an endpoint of which only the id is known", () => {
  const existing = commentOf((access) => {
    access.addCollection("orders", {
      from: ["vpce-0a1b2c3d4e5f60798", InterfaceEndpoint.fromEndpointId("vpce-0a1b2c3d4e5f60797")],
    });
    access.grant({ collections: ["logs-*"], from: [InterfaceEndpoint.fromEndpointId("${var.endpoint}")] });
  });
  expect(existing).toBeUndefined();
});
