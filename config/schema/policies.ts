import { z } from "zod";
import {
  checkDataAccessParts,
  checkDataPermission,
  checkIndexPattern,
  checkKeepDays,
  checkKmsKeyArn,
  checkPrincipal,
  dataPermissions,
  kmsKeyArnPattern,
  type PermissionKeys,
  type Rule,
} from "../../service";
import { always, collections, meant, policyDescription, report, text, wishedLength } from "./fields";
import { notHere } from "./not-here";

/** Who is granted data access. The account is checked with the stack, which knows it. */
export const principals = z
  .array(
    text((principal) => checkPrincipal(principal), {
      description: "ARN of a role or user of the stack's account, or saml/ACCOUNT/CONFIG/user/NAME",
    }),
  )
  .meta({ description: "Who is granted it", minItems: 1 });

/** @param keys the keys beside each other that list permissions */
export const permissions = (type: "collection" | "index", keys: PermissionKeys) =>
  z
    .array(
      text((permission) => checkDataPermission(type, permission, keys), {
        description: `One of ${dataPermissions[type].join(", ")}`,
      }),
    )
    .default([])
    .meta({ description: `What may be done to the ${type === "index" ? "indexes" : "collections"}` });

/** Names of indexes that keep a rule; `example` shows their form. */
export const indexes = (rule: Rule<string>, example: string) =>
  z.array(text(rule, { description: `A name, a prefix with *, or *: ${example}` }));

export const kmsKey = text((arn) => checkKmsKeyArn(arn), {
  description: "ARN of a KMS key of the stack's Region",
  pattern: kmsKeyArnPattern.source,
});

/** A rule of retention, for indexes written in one form or the other. */
export const retention = (rule: Rule<string>, example: string) =>
  z
    .strictObject({
      indexes: indexes(rule, example).min(1).meta({ description: "The indexes" }),
      keepDays: z
        .number()
        .superRefine((days, context) => report(context, checkKeepDays(days)))
        .meta({
          description: "Days that data is kept, 1 to 3650; not said: for ever",
          minimum: 1,
          maximum: 3650,
        })
        .optional(),
    })
    .meta({ description: "How long the data of indexes of time series collections is kept" });

const permissionKeys = { collection: "collectionPermissions", index: "indexPermissions" };

/** One entry of `dataAccess`. */
export const dataAccessEntry = z
  .strictObject({
    principals,
    collections: collections("Collections by name or prefix, for collectionPermissions").default([]),
    collectionPermissions: permissions("collection", permissionKeys),
    permissions: notHere('unknown key of dataAccess; did you mean "collectionPermissions"?'),
    indexes: indexes((index) => checkIndexPattern(index), "orders/logs-*")
      .default([])
      .meta({ description: "Indexes as COLLECTION/INDEX, for indexPermissions" }),
    indexPermissions: permissions("index", permissionKeys),
    description: policyDescription("data access policy"),
  })
  .superRefine((entry, context) => {
    const problems = checkDataAccessParts({
      // a list that is missing is told by itself
      principals: Array.isArray(entry.principals) ? entry.principals.length : 1,
      collections: wishedLength(meant(entry, "collections", context)),
      collectionPermissions: wishedLength(
        entry.permissions ?? meant(entry, "collectionPermissions", context),
      ),
      indexes: wishedLength(meant(entry, "indexes", context)),
      indexPermissions: wishedLength(meant(entry, "indexPermissions", context)),
    });
    for (const problem of problems) report(context, problem);
  }, always)
  .meta({ description: "Who may do what in collections and indexes" });

/** One entry of `encryption`. */
export const encryptionEntry = z
  .strictObject({
    collections: collections("Collections by name or prefix; they need not exist yet").min(1),
    kmsKey: kmsKey.optional(),
  })
  .meta({ description: "With which key collections are encrypted that are made elsewhere or later" });

/** One entry of `lifecycle`. */
export const lifecycleEntry = retention((index) => checkIndexPattern(index, "retention"), "logs-*/*");
