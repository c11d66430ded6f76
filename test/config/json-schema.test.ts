import Ajv from "ajv";
import { parse } from "yaml";
import { accessFileJsonSchema } from "../../config/json-schema";
import { goodAccessFile } from "../support/bad-access-files";
import { goodCollectionsFile } from "../support/bad-collection-files";

const isValid = new Ajv({ allErrors: true, strict: false }).compile(JSON.parse(accessFileJsonSchema()));

/** What an editor tells of the good file with one edit, but that the form as a whole is broken. */
function toldOf(find: string, replace: string): string[] {
  if (!goodCollectionsFile.includes(find)) throw new Error(`"${find}" is not there to be replaced`);
  isValid(parse(goodCollectionsFile.replace(find, () => replace)));
  return (isValid.errors ?? []).flatMap(({ instancePath, keyword, message, params }) =>
    keyword === "if" ? [] : [`${instancePath} ${message} ${Object.values(params).join()}`],
  );
}

test("an editor has nothing to say of files without a mistake", () => {
  expect(isValid(parse(goodAccessFile))).toBe(true);
  expect(isValid(parse(goodCollectionsFile))).toBe(true);
});

describe("an editor tells what is wrong with the form that is meant, and nothing of the other:", () => {
  test.each([
    [
      "a misspelt key of a collection",
      "type: timeseries",
      "typ: timeseries",
      "/stacks/search/collections/orders must NOT have additional properties typ",
    ],
    [
      "the type of a collection that exists already",
      "exists: true,",
      "exists: true, type: search,",
      "/stacks/search/collections/notes/type must NOT be valid ",
    ],
    [
      "a misspelt key of an endpoint",
      "        tags: { cost",
      "        tag: { cost",
      "/stacks/network/endpoints/apps must NOT have additional properties tag",
    ],
    [
      "a VPC beside the id of an endpoint",
      "partner: { id: vpce-0a1b2c3d4e5f60731,",
      "partner: { id: vpce-0a1b2c3d4e5f60731, vpc: vpc-0a1b2c3d4e5f60731,",
      "/stacks/search/endpoints/partner/vpc must NOT be valid ",
    ],
    [
      "the permissions of dataAccess in a collection",
      "permissions: [aoss:Desc",
      "collectionPermissions: [aoss:Desc",
      "/stacks/search/collections/orders/access/0/collectionPermissions must NOT be valid ",
    ],
  ])("%s", (_name, find, replace, expected) => {
    expect(toldOf(find, replace)).toEqual([expected]);
  });
});
