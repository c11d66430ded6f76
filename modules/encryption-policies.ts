import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { compileEncryptionPolicies, type Problem } from "../service";
import { checkEncryption, type Encryption, encryptionWish } from "./encryption-policy";
import { knownRegion } from "./place";
import type { SetPolicy } from "./policy-places";
import type { PolicyProps } from "./policy-props";
import { PolicySet } from "./policy-set";
import { registerEncryption } from "./registry";

/**
 * As many encryption policies as it takes: one or more for each key, since a policy holds one key, each within 10,240
 * bytes, and all of them within the 150 that an account and Region have (quota table). Throws a `RuleError` for what
 * AWS would refuse; what does not fit, and a name or pattern in two encryption policies of the app, is refused at the
 * end of synthesis.
 */
export class EncryptionPolicies extends PolicySet<Encryption> {
  constructor(scope: Construct, id: string, props: PolicyProps = {}) {
    super(scope, id, "encryption", props);
    registerEncryption(this, () => this.entries.flatMap(({ collections }) => collections));
  }

  /** Gives collections a key. Throws a `RuleError` for what AWS would refuse. */
  encrypt(encryption: Encryption): this {
    for (const problem of checkEncryption(encryption, knownRegion(this))) this.refuse(problem);
    this.add({ ...encryption, collections: [...encryption.collections] });
    return this;
  }

  /** What gives a collection its key, for `dependsOn`. */
  policyOf(collection: string): ITerraformDependable {
    return this.policiesFor(collection);
  }

  protected compile(entries: readonly Encryption[]): readonly SetPolicy[] {
    const wishes = entries.map((entry) => encryptionWish(entry, this.standIns));
    return compileEncryptionPolicies(wishes, { bytesOf: (text) => this.bytesOf(text) });
  }

  /** The provider, and with it the Region, may have come after the set. */
  protected override problems(): Problem[] {
    const region = knownRegion(this);
    return [...super.problems(), ...this.entries.flatMap((entry) => checkEncryption(entry, region))];
  }
}
