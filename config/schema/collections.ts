import { z } from "zod";
import {
  checkCollection,
  checkCollectionDescription,
  checkCollectionGroupName,
  checkDataAccessParts,
  checkGrant,
  checkIndexOfCollection,
  collectionTypes,
  resourceName,
} from "../../service";
import { generation } from "./endpoints";
import { always, from, meant, policyDescription, report, services, tags, text, wishedLength } from "./fields";
import { notHere } from "./not-here";
import { indexes, kmsKey, permissions, principals, retention } from "./policies";

const permissionKeys = { collection: "permissions", index: "indexPermissions" };

const access = z
  .strictObject({
    principals,
    permissions: permissions("collection", permissionKeys),
    collectionPermissions: notHere('unknown key of the access of a collection; did you mean "permissions"?'),
    indexes: indexes((index) => checkIndexOfCollection(index), "logs-*")
      .default([])
      .meta({ description: "Indexes of the collection, for indexPermissions" }),
    indexPermissions: permissions("index", permissionKeys),
    description: policyDescription("data access policy"),
  })
  .superRefine((entry, context) => {
    const ofCollection = wishedLength(entry.collectionPermissions ?? meant(entry, "permissions", context));
    const problems = checkDataAccessParts({
      principals: Array.isArray(entry.principals) ? entry.principals.length : 1,
      collections: ofCollection > 0 ? 1 : 0,
      collectionPermissions: ofCollection,
      indexes: wishedLength(meant(entry, "indexes", context)),
      indexPermissions: wishedLength(meant(entry, "indexPermissions", context)),
    });
    for (const problem of problems) report(context, problem);
  }, always)
  .meta({ description: "Who may do what in the collection" });

const opened = {
  from,
  services,
  dashboards: z
    .boolean()
    .default(false)
    .meta({ description: "Whether the endpoints reach the collection's dashboards too" }),
  access: z.array(access).default([]).meta({ description: "Who may do what in the collection" }),
  retention: z
    .array(retention((index) => checkIndexOfCollection(index, "retention"), "logs-*"))
    .default([])
    .meta({ description: "How long the data of which indexes is kept" }),
};

/** What is said of a collection's opening as a whole. */
function checkOpening(
  entry: { readonly from: unknown; readonly services: unknown; readonly dashboards: unknown },
  context: z.RefinementCtx,
): void {
  const endpoints = wishedLength(meant(entry, "from", context));
  const granted = wishedLength(meant(entry, "services", context));
  if (endpoints + granted === 0 && entry.dashboards !== true) return;
  const dashboards = entry.dashboards === true;
  report(context, checkGrant({ collections: 1, dashboards, endpoints, services: granted }));
}

const groupRemedies = {
  name: "name a group of that generation in group",
  exists: "write exists: true if the collection is there already",
};

const madeCollection = z
  .strictObject({
    exists: z
      .boolean()
      .meta({ description: "true: the collection is kept elsewhere and only opened here" })
      .optional(),
    type: z
      .enum(collectionTypes)
      .default("search")
      .meta({ description: "Type; another one replaces the collection with its data" }),
    description: text(checkCollectionDescription, { description: "Description, in AWS" }).optional(),
    tags: tags("Tags of the collection").default({}),
    standbyReplicas: z
      .boolean()
      .default(true)
      .meta({ description: "Replicas in other Availability Zones; a change replaces the collection" }),
    generation: generation
      .meta({
        description:
          "Generation of the collection, that of its group; default: classic without a group, else not known",
      })
      .optional(),
    group: text(checkCollectionGroupName, {
      description: "Name of the collection group that it joins; needs a release of the AWS provider after 5",
      pattern: resourceName.pattern.source,
    }).optional(),
    kmsKey: kmsKey.optional(),
    ...opened,
  })
  .superRefine((entry, context) => {
    checkOpening(entry, context);
    const parts = {
      generation: entry.generation,
      hasGroup: meant(entry, "group", context) !== undefined,
      exists: false,
      standbyReplicas: entry.standbyReplicas !== false,
    };
    for (const problem of checkCollection(parts, groupRemedies)) report(context, problem, [problem.part]);
  }, always)
  .meta({ description: "A collection made and kept by this stack" });

/** Told of a key that says what a collection is to be, where it is kept elsewhere. */
const keptElsewhere = notHere(
  "the collection exists already and is not changed here; leave it out, or leave out exists",
);

const existingCollection = z
  .strictObject({
    exists: z.literal(true).meta({ description: "The collection is kept elsewhere and only opened here" }),
    type: keptElsewhere,
    description: keptElsewhere,
    tags: keptElsewhere,
    standbyReplicas: keptElsewhere,
    generation: generation
      .meta({ description: "Generation of the collection; not said: not known, and not checked" })
      .optional(),
    group: keptElsewhere,
    kmsKey: keptElsewhere,
    ...opened,
  })
  .superRefine(checkOpening, always)
  .meta({ description: "A collection that is kept elsewhere and only opened here" });

/** One collection; which of the two forms is meant is told by `exists: true`. */
export const collectionEntry = z.union([existingCollection, madeCollection]);

/** The two forms of a collection, to judge an entry by the one that is meant. */
export const collectionForms = {
  existing: existingCollection,
  // What generation a group has only AWS knows.
  made: madeCollection.transform(({ generation, ...entry }) => ({
    ...entry,
    generation: generation ?? (entry.group === undefined ? ("classic" as const) : undefined),
  })),
};
