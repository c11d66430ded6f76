/** Inputs of the native module, as far as the tests give them. */
export interface ModuleInputs {
  readonly name: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly policy_name?: string;
  readonly policy_description?: string;
  readonly create_endpoint?: boolean;
  readonly vpc_id?: string;
  readonly subnet_ids?: readonly string[];
  readonly allow?: Readonly<Record<string, SourceInputs>>;
  readonly security_group_ids?: readonly string[];
  readonly generation?: string;
  readonly endpoints?: Readonly<Record<string, EndpointInputs>>;
  readonly existing_endpoints?: Readonly<
    Record<string, { readonly id: string; readonly generation?: string }>
  >;
  readonly grants?: readonly GrantInputs[];
  readonly collections?: Readonly<Record<string, CollectionInputs>>;
  readonly kms_key_arns?: Readonly<Record<string, string>>;
  readonly encryption?: readonly EncryptionInputs[];
  readonly data_access?: readonly DataAccessInputs[];
  readonly retention?: readonly RetentionInputs[];
}

export interface SourceInputs {
  readonly cidr?: string;
  readonly security_group_id?: string;
  readonly prefix_list_id?: string;
  readonly description?: string;
  readonly allow_anywhere?: boolean;
}

export interface EndpointInputs {
  readonly vpc_id: string;
  readonly subnet_ids: readonly string[];
  readonly allow?: Readonly<Record<string, SourceInputs>>;
  readonly security_group_ids?: readonly string[];
  readonly generation?: string;
  readonly name?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface GrantInputs {
  readonly collections: readonly string[];
  readonly dashboards?: boolean;
  readonly from?: readonly string[];
  readonly services?: readonly string[];
  readonly description?: string;
  readonly policy?: string;
}

export interface CollectionInputs {
  readonly type?: string;
  readonly description?: string;
  readonly standby_replicas?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  readonly kms_key?: string;
  readonly from?: readonly string[];
  readonly services?: readonly string[];
  readonly dashboards?: boolean;
  readonly data_access?: readonly DataAccessInputs[];
  readonly retention?: readonly RetentionInputs[];
}

export interface EncryptionInputs {
  readonly collections: readonly string[];
  readonly kms_key?: string;
}

export interface DataAccessInputs {
  readonly principals: readonly string[];
  readonly collections?: readonly string[];
  readonly collection_permissions?: readonly string[];
  readonly indexes?: readonly string[];
  readonly index_permissions?: readonly string[];
  readonly description?: string;
  readonly policy?: string;
}

export interface RetentionInputs {
  readonly indexes: readonly string[];
  readonly keep_days?: number;
  readonly policy?: string;
}
