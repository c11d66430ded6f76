import { sandboxForEachTest } from "./raw-aws";

const aws = sandboxForEachTest();
const limits = (indexing: number, search: number) => ({
  accountSettingsDetail: {
    capacityLimits: { maxIndexingCapacityInOCU: indexing, maxSearchCapacityInOCU: search },
  },
});

test("an account starts with 10 OCUs for indexing and 10 for search", async () => {
  expect((await aws.json("GetAccountSettings", {})).body).toEqual(limits(10, 10));
});

test("a limit changes by itself, in one Region only", async () => {
  const changed = await aws.json("UpdateAccountSettings", {
    capacityLimits: { maxSearchCapacityInOCU: 1700 },
  });
  expect(changed.body).toEqual(limits(10, 1700));
  await aws.json("UpdateAccountSettings", { capacityLimits: { maxIndexingCapacityInOCU: 2 } });
  expect((await aws.json("GetAccountSettings", {})).body).toEqual(limits(2, 1700));
  expect((await aws.json("GetAccountSettings", {}, "eu-west-1")).body).toEqual(limits(10, 10));
});

test("more than 1700 is refused for the quota, less than 2 by the API model", async () => {
  const set = (value: number) =>
    aws.json("UpdateAccountSettings", { capacityLimits: { maxIndexingCapacityInOCU: value } });
  expect(await set(1701)).toMatchObject({ status: 400, code: "ServiceQuotaExceededException" });
  expect(await set(1)).toMatchObject({ status: 400, code: "ValidationException" });
  expect((await aws.json("GetAccountSettings", {})).body).toEqual(limits(10, 10));
});
