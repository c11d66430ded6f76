import { z } from "zod";
import { regionPattern } from "../../service";
import type { AccessFile } from "../access-file";
import { acceptanceEntry } from "./acceptances";
import { stateBackend } from "./backends";
import { collectionEntry } from "./collections";
import { endpointEntry } from "./endpoints";
import { id, key, report, tags, text } from "./fields";
import { grantEntry } from "./grants";
import { dataAccessEntry, encryptionEntry, lifecycleEntry } from "./policies";

/** Names of collections made here and of those kept elsewhere, for editors; each is judged by its own rule. */
const collectionNamePattern = /^[a-z][a-z0-9-]{2,63}$/;

const judgedOneByOne = z.array(z.unknown()).default([]);

const stack = z
  .strictObject({
    region: text(
      (value) =>
        regionPattern.test(value)
          ? undefined
          : { problem: `"${value}" is not a Region`, remedy: 'give one such as "eu-central-1"' },
      { description: "AWS Region", pattern: regionPattern.source },
    ),
    account: id(
      "account",
      "The only account that this stack may be applied to, 12 digits in quotes",
    ).optional(),
    tags: tags("Tags of everything in the stack that takes tags", {
      count: 1,
      what: "the security groups' Name",
    }).default({}),
    endpoints: z.record(key("endpoint key"), z.unknown()),
    grants: judgedOneByOne,
    collections: z.record(z.string(), z.unknown()).default({}),
    dataAccess: judgedOneByOne,
    encryption: judgedOneByOne,
    lifecycle: judgedOneByOne,
    accept: judgedOneByOne,
    backend: stateBackend.optional(),
  })
  .meta({ description: "One account and Region, its endpoints and collections and what may reach them" });

/** The frame of the access file; what stands in lists and maps is judged one by one, so that no mistake hides another. */
export const accessFileFrame = z.strictObject({
  version: z.literal(1).meta({ description: "Version of this format" }),
  backend: stateBackend.optional(),
  stacks: z
    .record(key("stack name"), stack)
    .superRefine((value, context) => {
      if (Object.keys(value).length === 0) {
        report(context, {
          problem: "stacks: none is given",
          remedy: "add a stack with region and endpoints",
        });
      }
    })
    .meta({ description: "Stacks by name" }),
});

/** The whole access file, as editors see it in `access.schema.json`. */
export const accessFileSchema = accessFileFrame.extend({
  stacks: z
    .record(
      key("stack name"),
      stack.extend({
        endpoints: z
          .record(key("endpoint key"), endpointEntry)
          .meta({ description: "Interface endpoints by key, one of each generation in a VPC" }),
        grants: z.array(grantEntry).default([]).meta({ description: "Who reaches which collections" }),
        collections: z
          .record(
            z.string().meta({ description: "Name of the collection", pattern: collectionNamePattern.source }),
            collectionEntry,
          )
          .default({})
          .meta({ description: "Collections by name, each with who gets into it" }),
        dataAccess: z
          .array(dataAccessEntry)
          .default([])
          .meta({ description: "Who may do what in collections and indexes" }),
        encryption: z
          .array(encryptionEntry)
          .default([])
          .meta({ description: "Keys of collections that are made elsewhere or later" }),
        lifecycle: z
          .array(lifecycleEntry)
          .default([])
          .meta({ description: "How long the data of indexes is kept" }),
        accept: z.array(acceptanceEntry).default([]).meta({
          description: "Findings of the review that are accepted, each with a reason and a last day",
        }),
      }),
    )
    .meta({ description: "Stacks by name; each is planned and deployed by itself" }),
}) satisfies z.ZodType<AccessFile>;
