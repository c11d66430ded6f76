import { AnnotationMetadataEntryType, type ITerraformDependable, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import {
  type CollectionType,
  checkCollectionName,
  checkIndexOfCollection,
  checkServes,
  deriveName,
  type Generation,
  type Problem,
  RuleError,
} from "../service";
import { pathOf } from "./address";
import { Collection, type CollectionProps, type ICollection } from "./collection";
import type { CollectionPolicies } from "./collection-policies";
import type { DataAccessGrant } from "./data-access-grant";
import { noteExistingCollection } from "./existing";
import type { Grant } from "./grant";
import { isKnown } from "./known";
import type { LifecycleRule } from "./lifecycle-rule";
import { OwnPolicies } from "./own-policies";

/** Who reaches a collection over the network. */
export type CollectionGrant = Omit<Grant, "collections">;

/** Who may do what to a collection and its indexes. Permissions go with what they are on. */
export interface CollectionDataAccess extends Omit<DataAccessGrant, "collections" | "indexes"> {
  /**
   * Indexes within the collection: a name, a prefix (`2024-*`), or `*`.
   * @default - no permission on indexes
   */
  readonly indexes?: readonly string[];
}

/** For how long the data of a collection's indexes is kept at least. */
export interface CollectionRetention extends Omit<LifecycleRule, "indexes"> {
  /** Indexes within the collection: a name, a prefix (`web-*`), or `*`. */
  readonly indexes: readonly string[];
}

/** Properties of a `PrivateCollection`: those of its `Collection`, and who gets to it. */
export interface PrivateCollectionProps extends CollectionProps {
  /**
   * A collection that exists already: it is given access to, and neither made nor encrypted. The properties of a
   * `Collection` and `kmsKeyArn` are then refused.
   * @default - a collection is made
   */
  readonly collection?: ICollection;
  /**
   * ARN of the KMS key that the collection is encrypted with, of the same Region. Another one changes the policy, whose
   * key is given to collections as they are made (developer guide, encryption): this one is not made anew.
   * @default - the key that AWS owns
   */
  readonly kmsKeyArn?: string;
  /**
   * Endpoints, or ids of endpoints (`vpce-…`), that reach the collection. One that is known to serve the other
   * generation is refused.
   * @default - no endpoint
   */
  readonly from?: CollectionGrant["from"];
  /**
   * AWS services that reach the collection without an endpoint, such as `bedrock.amazonaws.com`.
   * @default - no service
   */
  readonly services?: CollectionGrant["services"];
  /**
   * Whether the endpoints reach the collection's dashboards too.
   * @default false
   */
  readonly dashboards?: boolean;
  /**
   * Who may do what to the collection and its indexes.
   * @default - nobody
   */
  readonly dataAccess?: readonly CollectionDataAccess[];
  /**
   * For how long data is kept. AWS acts on it in collections of type timeseries only.
   * @default - no lifecycle policy: data is kept for ever
   */
  readonly retention?: readonly CollectionRetention[];
  /**
   * Where the access is written. `PrivateAccess.addCollection` passes policies that collections share.
   * @default - policies of its own
   */
  readonly policies?: CollectionPolicies;
}

/**
 * A collection that is reached privately: its encryption policy, then the collection itself, with the network policy
 * that opens it to endpoints and the data access policy that lets principals in. Nothing of it is public. Throws a
 * `RuleError` for what AWS would refuse.
 *
 * ```ts
 * const orders = new PrivateCollection(stack, "orders", {
 *   from: [apps],
 *   dataAccess: [{ principals: [role], indexes: ["*"], indexPermissions: ["aoss:ReadDocument"] }],
 * });
 * new Index(stack, "index", { dependsOn: orders.ready });
 * ```
 */
export class PrivateCollection extends Construct implements ICollection {
  /** Name in AWS; a token if one was given. */
  readonly collectionName: string;
  readonly generation?: Generation;
  /** The collection; none if it exists already. */
  readonly collection?: Collection;
  private readonly policies: CollectionPolicies;
  private readonly type: CollectionType | undefined;
  private readonly needed: ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, props: PrivateCollectionProps) {
    super(scope, id);
    const { from, services, dashboards } = props;
    this.policies = props.policies ?? new OwnPolicies(this);
    if (props.collection) this.refuse(checkExists(props));
    const collection = props.collection ?? this.make(props);
    this.collectionName = collection.collectionName;
    if (collection.generation) this.generation = collection.generation;
    if (props.collection) noteExistingCollection(this, props.collection);
    if (collection instanceof Collection) {
      this.collection = collection;
      this.type = props.type ?? "search";
    }
    if (from?.length || services?.length || dashboards) {
      this.addGrant({
        ...(from ? { from } : {}),
        ...(services ? { services } : {}),
        ...(dashboards ? { dashboards } : {}),
      });
    }
    for (const grant of props.dataAccess ?? []) this.addDataAccess(grant);
    for (const rule of props.retention ?? []) this.addRetention(rule);
  }

  /**
   * What has to be there before anybody works with the collection: itself and the policies that open it. An index
   * that is made before gets 403, and one that is deleted after them too, so depend on all of them. Policies may take
   * about a minute more until they hold (developer guide, data access policies).
   */
  get ready(): ITerraformDependable[] {
    return [...this.needed];
  }

  /** Opens the collection to endpoints or AWS services. Throws a `RuleError` for what AWS would refuse. */
  addGrant(grant: CollectionGrant): this {
    for (const endpoint of grant.from ?? []) {
      if (typeof endpoint === "string") continue;
      const name = Construct.isConstruct(endpoint) ? pathOf(endpoint) : endpoint.endpointId;
      this.refuse(
        checkServes(
          { name, generation: endpoint.generation },
          { name: this.collectionName, generation: this.generation },
        ),
      );
    }
    this.need(this.policies.grant({ ...grant, collections: [this.collectionName] }));
    return this;
  }

  /** Lets principals in. Throws a `RuleError` for what AWS would refuse. */
  addDataAccess(grant: CollectionDataAccess): this {
    const { indexes = [], ...rest } = grant;
    const onCollection = (grant.collectionPermissions ?? []).length > 0;
    this.need(
      this.policies.addDataAccess({
        ...rest,
        ...(onCollection ? { collections: [this.collectionName] } : {}),
        indexes: this.within(indexes, "data"),
      }),
    );
    return this;
  }

  /** Says for how long data is kept. Throws a `RuleError` for what AWS would refuse. */
  addRetention({ indexes, ...rest }: CollectionRetention): this {
    if (this.type !== undefined && this.type !== "timeseries") {
      const message = `retention of ${this.collectionName}: AWS acts on it in collections of type timeseries only, this one is of type ${this.type}`;
      // Not by Annotations, which add a stack trace: synthesis would differ from machine to machine.
      this.node.addMetadata(AnnotationMetadataEntryType.WARN, message);
    }
    this.policies.retain({ ...rest, indexes: this.within(indexes, "retention") });
    return this;
  }

  private make(props: PrivateCollectionProps): Collection {
    const name = props.name ?? deriveName(TerraformStack.of(this).node.id, this.node.id);
    // Before its policies are told, which would speak of a pattern.
    if (isKnown(name)) this.refuse(checkCollectionName(name));
    const encryption = this.policies.encrypt({
      collections: [name],
      ...(props.kmsKeyArn === undefined ? {} : { kmsKeyArn: props.kmsKeyArn }),
    });
    const made = new Collection(this, "Default", {
      ...own(props),
      name,
      dependsOn: [...(props.dependsOn ?? []), encryption],
    });
    this.need(made);
    return made;
  }

  private within(indexes: readonly string[], policy: "data" | "retention"): string[] {
    return indexes.map((index) => {
      if (isKnown(index)) this.refuse(checkIndexOfCollection(index, policy));
      return `${this.collectionName}/${index}`;
    });
  }

  private need(dependable: ITerraformDependable): void {
    if (!this.needed.includes(dependable)) this.needed.push(dependable);
  }

  private refuse(problem: Problem | undefined): void {
    if (problem) throw new RuleError(problem, pathOf(this));
  }
}

/** What belongs to a collection that is made, and to none that exists already. */
const ofTheCollection = [
  "name",
  "type",
  "description",
  "standbyReplicas",
  "generation",
  "collectionGroupName",
  "tags",
  "dependsOn",
] as const satisfies (keyof CollectionProps)[];

const own = (props: PrivateCollectionProps): CollectionProps =>
  Object.fromEntries(
    ofTheCollection.map((key) => [key, props[key]]).filter(([, value]) => value !== undefined),
  );

function checkExists(props: PrivateCollectionProps): Problem | undefined {
  const given = [...ofTheCollection, "kmsKeyArn" as const].filter((key) => props[key] !== undefined);
  if (given.length === 0) return undefined;
  return {
    problem: `${given.join(", ")}: of no effect on a collection that exists already`,
    remedy: `leave ${given.length === 1 ? "it" : "them"} out, or leave out collection to have one made`,
  };
}
