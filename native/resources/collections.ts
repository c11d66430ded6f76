import type { TerraformStack } from "cdktf";
import { Collection } from "../../modules/collection";
import { expression } from "../hcl";
import { forEach, iteratorOver } from "./each";

/** Collections, once their encryption policies are there. */
export function addCollections(stack: TerraformStack): void {
  const each = iteratorOver("collections");
  const collection = new Collection(stack, "this", { name: expression("each.key") });
  const resource = forEach(collection, "aws_opensearchserverless_collection", each);
  resource.addOverride("type", each.getString("type"));
  resource.addOverride("standby_replicas", each.getString("standby_replicas"));
  resource.addOverride("description", each.getString("description"));
  resource.addOverride("tags", each.getAny("tags"));
  resource.addOverride("depends_on", ["aws_opensearchserverless_security_policy.encryption"]);
}
