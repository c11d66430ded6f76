import { parse } from "yaml";
import { demoAccessFile, widened } from "../../cli/demo-access-file";
import { parseAccessFile } from "../../config";

test("the change of the demo and of the soak adds one subnet, one source and one collection, and nothing else", () => {
  const [before, after] = [demoAccessFile, widened(demoAccessFile)].map((text) => parse(text));
  const { apps } = after.stacks.demo.endpoints;
  const [grant] = after.stacks.demo.grants;
  expect(apps.subnets.splice(1)).toEqual(["subnet-0a1b2c3d4e5f60712"]);
  expect(apps.allow.splice(1)).toEqual([{ cidr: "10.30.0.0/16", description: "batch jobs" }]);
  expect(grant.collections.splice(2)).toEqual(["invoices"]);
  expect(after).toEqual(before);
});

test("both access files are right, and none of what they say is likely a mistake", () => {
  for (const text of [demoAccessFile, widened(demoAccessFile)]) {
    expect(parseAccessFile(text, "access.yaml").warnings).toEqual([]);
  }
});
