import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { deriveName } from "../service";
import { idsBelowStack } from "./address";
import type { CollectionPolicies } from "./collection-policies";
import type { DataAccessGrant } from "./data-access-grant";
import { DataAccessPolicy } from "./data-access-policy";
import { type Encryption, EncryptionPolicy } from "./encryption-policy";
import type { Grant } from "./grant";
import { LifecyclePolicy } from "./lifecycle-policy";
import type { LifecycleRule } from "./lifecycle-rule";
import { NetworkPolicy } from "./network-policy";

/**
 * Policies of one collection alone, one of each kind that is needed, below a construct. They are all called after the
 * stack and the construct: AWS tells policies of different kinds apart.
 */
export class OwnPolicies implements CollectionPolicies {
  private network: NetworkPolicy | undefined;
  private data: DataAccessPolicy | undefined;
  private lifecycle: LifecyclePolicy | undefined;
  private readonly name: string;

  constructor(private readonly scope: Construct) {
    this.name = deriveName(TerraformStack.of(scope).node.id, ...idsBelowStack(scope));
  }

  encrypt(encryption: Encryption): EncryptionPolicy {
    return new EncryptionPolicy(this.scope, "encryption", { name: this.name, ...encryption });
  }

  grant(grant: Grant): NetworkPolicy {
    this.network ??= new NetworkPolicy(this.scope, "network", { name: this.name });
    return this.network.addGrant(grant);
  }

  addDataAccess(grant: DataAccessGrant): DataAccessPolicy {
    this.data ??= new DataAccessPolicy(this.scope, "data_access", { name: this.name });
    return this.data.addGrant(grant);
  }

  retain(rule: LifecycleRule): LifecyclePolicy {
    this.lifecycle ??= new LifecyclePolicy(this.scope, "lifecycle", { name: this.name });
    return this.lifecycle.addRule(rule);
  }
}
