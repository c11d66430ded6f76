import { accessMatrix, explain } from "../../../service";
import { leastProcessorMilliseconds } from "../../support/processor-time";
import { bigWorld } from "./big-world";

const world = (collections: number) =>
  bigWorld({ collections, endpoints: 50, policies: Math.ceil(collections / 10) });

test("the matrix of 5,000 collections over 50 endpoints takes less than 40 times as long as that of 500", () => {
  const [small, large] = [world(500), world(5_000)];
  expect(large.networkPolicies).toHaveLength(500);
  const before = leastProcessorMilliseconds(5, () => accessMatrix(small));
  const after = leastProcessorMilliseconds(3, () => accessMatrix(large));
  // n log n is 13.7 times; what grows with the product of policies and collections is 100 times
  expect(after / before).toBeLessThan(40);
});

test("the matrix of 5,000 collections says of any of them what explain says", () => {
  const large = world(5_000);
  const { groups, endpoints } = accessMatrix(large);
  expect(groups.filter(({ known }) => known).flatMap(({ collections }) => collections)).toHaveLength(5_000);
  expect(groups.length).toBeGreaterThan(1_000);
  const name = "family-7-orders-3";
  const group = groups.find(({ collections }) => collections.includes(name));
  const open = endpoints.filter(
    ({ id }) => explain(large, { kind: "endpoint", id }, { kind: "collection", name }).verdict === "open",
  );
  expect(open.map(({ id }) => id)).toEqual(group?.collection.endpoints);
  expect(open.length).toBeGreaterThan(0);
});
