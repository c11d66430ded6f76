import { type ITerraformDependable, Lazy } from "cdktf";
import type { Construct } from "constructs";
import { deriveName } from "../service";
import type { CollectionPolicies } from "./collection-policies";
import type { DataAccessGrant } from "./data-access-grant";
import { DataAccessPolicies } from "./data-access-policies";
import { EncryptionPolicies } from "./encryption-policies";
import type { Encryption } from "./encryption-policy";
import type { Grant } from "./grant";
import { LifecyclePolicies } from "./lifecycle-policies";
import type { LifecycleRule } from "./lifecycle-rule";
import { NetworkPolicies } from "./network-policies";
import type { PolicyProps } from "./policy-props";

/** Names of policies by their kind. */
export interface PolicyNames {
  readonly network: string[];
  readonly encryption: string[];
  readonly dataAccess: string[];
  readonly lifecycle: string[];
}

/** Policies of every kind that collections share: one set of each, made when there is something to write in it. */
export class SharedPolicies implements CollectionPolicies {
  readonly network: NetworkPolicies;
  private madeEncryption: EncryptionPolicies | undefined;
  private madeDataAccess: DataAccessPolicies | undefined;
  private madeLifecycle: LifecyclePolicies | undefined;

  /** @param prefix what the names of the other policies start with, in parts */
  constructor(
    private readonly scope: Construct,
    private readonly prefix: readonly string[],
    network: PolicyProps,
  ) {
    this.network = new NetworkPolicies(scope, "network_policy", network);
  }

  get encryption(): EncryptionPolicies {
    this.madeEncryption ??= new EncryptionPolicies(this.scope, "encryption_policy", this.named("encryption"));
    return this.madeEncryption;
  }

  get dataAccess(): DataAccessPolicies {
    this.madeDataAccess ??= new DataAccessPolicies(
      this.scope,
      "data_access_policy",
      this.named("data-access"),
    );
    return this.madeDataAccess;
  }

  get lifecycle(): LifecyclePolicies {
    this.madeLifecycle ??= new LifecyclePolicies(this.scope, "lifecycle_policy", this.named("lifecycle"));
    return this.madeLifecycle;
  }

  /** Names in AWS of the policies of each kind, tokens until synthesis starts. */
  get names(): PolicyNames {
    return {
      network: this.network.policyNames,
      encryption: namesOf(() => this.madeEncryption),
      dataAccess: namesOf(() => this.madeDataAccess),
      lifecycle: namesOf(() => this.madeLifecycle),
    };
  }

  encrypt(encryption: Encryption): ITerraformDependable {
    this.encryption.encrypt(encryption);
    return this.encryption.policyOf(encryption.collections[0] ?? "");
  }

  grant(grant: Grant): ITerraformDependable {
    this.network.addGrant(grant);
    return this.network.policyOf(grant.collections[0] ?? "", grant);
  }

  addDataAccess(grant: DataAccessGrant): ITerraformDependable {
    this.dataAccess.addGrant(grant);
    const [index = ""] = grant.indexes ?? [];
    return this.dataAccess.policyOf(grant.collections?.[0] ?? collectionOf(index), grant);
  }

  retain(rule: LifecycleRule): ITerraformDependable {
    this.lifecycle.addRule(rule);
    return this.lifecycle.policyOf(collectionOf(rule.indexes[0] ?? ""));
  }

  private named(end: string): PolicyProps {
    return { name: deriveName(...this.prefix, end) };
  }
}

const collectionOf = (index: string): string => index.slice(0, index.lastIndexOf("/"));

/** The set may be made after its names were asked for. */
const namesOf = (set: () => { readonly policyNames: string[] } | undefined): string[] =>
  Lazy.listValue({ produce: () => set()?.policyNames ?? [] });
