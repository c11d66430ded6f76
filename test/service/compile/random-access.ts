import fc from "fast-check";
import type { PrivateAccessWish } from "../../../service";

/** Few sources, so that grants meet in blocks. */
export const endpoints = Array.from({ length: 6 }, (_, index) => `vpce-0a1b2c3d4e5f6071${index}`);
export const services = ["bedrock.amazonaws.com", "application.opensearchservice.amazonaws.com"];

const name = fc
  .tuple(fc.constantFrom("orders", "logs", "log", "audit"), fc.integer({ min: 0, max: 60 }))
  .map(([word, number]) => `${word}-${number}`);

/** Names that are beginnings of other names, prefixes that meet names, and all. */
const pattern = fc.oneof(
  { weight: 12, arbitrary: name },
  { weight: 3, arbitrary: name.map((one) => `${one}*`) },
  { weight: 1, arbitrary: fc.constantFrom("*", "log*", "orders-1*") },
);

const description = fc.option(fc.constantFrom("", "apps", 'say "ü"\n\ud800', "for the team of search"), {
  nil: undefined,
  freq: 2,
});

const grantOf = (patterns: fc.Arbitrary<string[]>): fc.Arbitrary<PrivateAccessWish> =>
  fc
    .record({
      collections: patterns,
      dashboards: fc.boolean(),
      endpoints: fc.array(fc.constantFrom(...endpoints), { maxLength: 4 }),
      services: fc.oneof(
        { weight: 4, arbitrary: fc.constant<string[]>([]) },
        { weight: 1, arbitrary: fc.subarray(services) },
      ),
      description,
    })
    .filter((wish) => wish.endpoints.length + wish.services.length > 0);

/** A grant of one collection, of a few, or of many. */
export const grant: fc.Arbitrary<PrivateAccessWish> = fc.oneof(
  { weight: 6, arbitrary: grantOf(pattern.map((one) => [one])) },
  { weight: 3, arbitrary: grantOf(fc.array(pattern, { minLength: 1, maxLength: 6 })) },
  { weight: 1, arbitrary: grantOf(fc.array(pattern, { minLength: 1, maxLength: 40, size: "max" })) },
);

/** From nothing at all to several policies' worth. */
export const grants = fc.oneof(
  { weight: 1, arbitrary: fc.array(grant, { maxLength: 4 }) },
  { weight: 3, arbitrary: fc.array(grant, { maxLength: 40, size: "max" }) },
);

/** The least has room for one collection with four endpoints, both services and a description, and hardly more. */
export const maxBytes = fc.oneof(fc.integer({ min: 620, max: 2_500 }), fc.constant(10_240));
