import { OpensearchserverlessCollection } from "@cdktf/provider-aws/lib/opensearchserverless-collection";
import { type ITerraformDependable, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import {
  type CollectionType,
  checkCollection,
  checkCollectionDescription,
  checkCollectionGroupName,
  checkCollectionName,
  deriveName,
  type Generation,
  type Problem,
  RuleError,
  refuse,
} from "../service";
import { addressAfterPath, pathOf } from "./address";
import { isKnown } from "./known";
import { literal } from "./literal";
import { requireProvider } from "./provider-version";
import { registerNames } from "./registry";
import { literalTags, refuseTags } from "./tags";

/** A collection that access can be given to. */
export interface ICollection {
  /** Name in AWS; policies name collections by it. */
  readonly collectionName: string;
  /**
   * Which endpoints serve it.
   * @default - not known
   */
  readonly generation?: Generation;
}

/** What is known of a collection that exists already. */
export interface ExistingCollectionOptions {
  /**
   * The generation of its collection group; a collection without a group is `classic`.
   * @default - not known, and so no endpoint is refused for it
   */
  readonly generation?: Generation;
}

/** Properties of a `Collection`. */
export interface CollectionProps {
  /**
   * Name in AWS, 3 to 32 of `a-z`, `0-9` and `-`, unique in the account and Region; another one replaces the
   * collection, and its data is gone.
   * @default - the name of the stack and the construct's id, shortened to fit
   */
  readonly name?: string;
  /**
   * What the collection is for; another one replaces the collection, and its data is gone.
   * @default "search"
   */
  readonly type?: CollectionType;
  /**
   * Description, up to 1,000 characters; changes in place.
   * @default - no description
   */
  readonly description?: string;
  /**
   * Whether OpenSearch Serverless keeps replicas in a second Availability Zone; another choice replaces the
   * collection, and its data is gone. A `nextgen` collection always has them.
   * @default true
   */
  readonly standbyReplicas?: boolean;
  /**
   * The generation of the collection, which is that of its collection group; `nextgen` needs `collectionGroupName`.
   * @default - "classic" without a collection group, else not known
   */
  readonly generation?: Generation;
  /**
   * Name of the collection group that the collection joins; it has to be there. Another one replaces the collection,
   * and its data is gone. Makes the stack require release 6.40.0 of the AWS provider.
   * @default - no group
   */
  readonly collectionGroupName?: string;
  /**
   * Tags, 50 at most; keys of 1 to 128 characters, not `aws:…`, values of up to 256. They change in place.
   * @default - no tags but the provider's `default_tags`
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * What has to be there first: the encryption policy that names the collection, if Terraform keeps it.
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * A release that has `collection_group_name`: bindings made of it (@cdktn/provider-aws 23.7.0) do, and the changelog
 * of release 6.31.0 has not yet (terraform-provider-aws, pull request 46308).
 */
const releaseWithGroups = "6.40.0";

/**
 * A collection (`aws_opensearchserverless_collection`). An encryption policy has to name it before it is made; nobody
 * reaches it until a network policy and a data access policy do too. Throws a `RuleError` for values that AWS or the
 * provider would refuse.
 */
export class Collection extends Construct implements ICollection, ITerraformDependable {
  /** A collection that exists already, by its name. Throws a `RuleError` for what is no name of a collection. */
  static fromCollectionName(collectionName: string, options: ExistingCollectionOptions = {}): ICollection {
    if (isKnown(collectionName)) refuse(checkCollectionName(collectionName, true));
    return { collectionName, ...options };
  }

  readonly collectionName: string;
  readonly generation?: Generation;
  /** Address in Terraform, for `dependsOn`. */
  readonly fqn: string;
  private readonly resource: OpensearchserverlessCollection;

  constructor(scope: Construct, id: string, props: CollectionProps = {}) {
    super(scope, id);
    const { type = "search", description, standbyReplicas = true, collectionGroupName, tags } = props;
    this.collectionName = props.name ?? deriveName(TerraformStack.of(this).node.id, id);
    const generation = props.generation ?? (collectionGroupName === undefined ? "classic" : undefined);
    if (generation) this.generation = generation;
    this.check(props);
    this.resource = new OpensearchserverlessCollection(this, "Default", {
      name: this.collectionName,
      // The provider's own default is TIMESERIES.
      type: type.toUpperCase(),
      standbyReplicas: standbyReplicas ? "ENABLED" : "DISABLED",
      ...(description ? { description: literal(description) } : {}),
      ...(tags ? { tags: literalTags(tags) } : {}),
      ...(props.dependsOn ? { dependsOn: [...props.dependsOn] } : {}),
    });
    addressAfterPath(this.resource);
    if (collectionGroupName !== undefined) {
      this.resource.addOverride("collection_group_name", collectionGroupName);
      // Terraform passes over "//"; who reads the configuration learns what only the group says in AWS.
      if (generation) this.resource.addOverride("//.generation", generation);
      requireProvider(this, releaseWithGroups);
    }
    registerNames("collection", this, () => [this.collectionName]);
    this.fqn = this.resource.fqn;
  }

  /** Id of the collection; a token until it is made. */
  get collectionId(): string {
    return this.resource.id;
  }

  /** ARN of the collection, for IAM policies; a token until it is made. */
  get collectionArn(): string {
    return this.resource.arn;
  }

  /** URL for indexes and documents; a token until it is made. */
  get collectionEndpoint(): string {
    return this.resource.collectionEndpoint;
  }

  /** URL of OpenSearch Dashboards; a token until it is made. */
  get dashboardEndpoint(): string {
    return this.resource.dashboardEndpoint;
  }

  private check(props: CollectionProps): void {
    const { description, collectionGroupName, tags } = props;
    if (isKnown(this.collectionName)) this.refuse(checkCollectionName(this.collectionName));
    if (description !== undefined && !Token.isUnresolved(description)) {
      this.refuse(checkCollectionDescription(description));
    }
    if (collectionGroupName !== undefined && isKnown(collectionGroupName)) {
      this.refuse(checkCollectionGroupName(collectionGroupName));
    }
    const [problem] = checkCollection(
      {
        generation: props.generation,
        hasGroup: collectionGroupName !== undefined,
        exists: false,
        standbyReplicas: props.standbyReplicas ?? true,
      },
      {
        name: "name a group of that generation in collectionGroupName",
        exists: "give access to one that exists with Collection.fromCollectionName",
      },
    );
    this.refuse(problem);
    if (tags) refuseTags(this, tags);
  }

  private refuse(problem: Problem | undefined): void {
    if (problem) throw new RuleError(problem, pathOf(this));
  }
}
