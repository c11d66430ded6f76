import { AccessFileError, parseAccessFile } from "../../config";
import { goodCollectionsFile } from "../support/bad-collection-files";

/** All that is told of the good file with one edit, as `line:column path: problem; remedy`. */
function toldOf(find: string, replace: string): string[] {
  if (!goodCollectionsFile.includes(find)) throw new Error(`"${find}" is not there to be replaced`);
  try {
    parseAccessFile(
      goodCollectionsFile.replace(find, () => replace),
      "access.yaml",
    );
  } catch (error) {
    if (!(error instanceof AccessFileError)) throw error;
    return error.problems.map(
      ({ position, path, problem, remedy }) =>
        `${position?.line}:${position?.column} ${path}: ${problem}; ${remedy}`,
    );
  }
  return [];
}

const orders = "stacks.search.collections.orders";
const notes = "{ exists: true, generation: nextgen,";

describe("one slip is told once, and its remedy leads to what is meant:", () => {
  test.each<[name: string, find: string, replace: string, expected: string]>([
    [
      "a group's name of one letter, which is not to be made up",
      "type: timeseries",
      "group: g",
      `29:16 ${orders}.group: group: name "g": 1 characters, 3 to 32 are allowed; give the name of a group that is there`,
    ],
    [
      "the key of dataAccess in a collection",
      "permissions: [aoss:DescribeC",
      "collectionPermissions: [aoss:DescribeC",
      `34:13 ${orders}.access[0].collectionPermissions: collectionPermissions: unknown key of the access of a collection; did you mean "permissions"?`,
    ],
    [
      "a misspelt key of permissions",
      "indexPermissions: [aoss:R",
      "indexPermision: [aoss:R",
      `36:13 ${orders}.access[0].indexPermision: unknown key "indexPermision"; did you mean "indexPermissions"? allowed: principals, permissions, indexes, indexPermissions, description`,
    ],
    [
      "the key of a collection in dataAccess",
      "collectionPermissions: [",
      "permissions: [",
      '44:9 stacks.search.dataAccess[0].permissions: permissions: unknown key of dataAccess; did you mean "collectionPermissions"?',
    ],
    [
      "a permission of a collection among those of indexes",
      "[aoss:ReadDocument]",
      "[aoss:CreateCollectionItems]",
      `36:32 ${orders}.access[0].indexPermissions[0]: permission "aoss:CreateCollectionItems" is for collection, not for index; put it into permissions; for index: aoss:ReadDocument, aoss:WriteDocument, aoss:CreateIndex, aoss:DeleteIndex, aoss:UpdateIndex, aoss:DescribeIndex, aoss:DelegateAccess, aoss:RestoreSnapshot, aoss:DescribeSnapshot, aoss:*`,
    ],
    [
      "form for from, in a grant",
      "        from: [apps]\n",
      "        form: [apps]\n",
      '21:9 stacks.network.grants[0].form: unknown key "form"; did you mean "from"? allowed: collections, dashboards, from, services, description',
    ],
    [
      "alow for allow",
      "allow: [{ cidr: 10.20.0.0/16 }]\n        tags",
      "alow: [{ cidr: 10.20.0.0/16 }]\n        tags",
      '11:9 stacks.network.endpoints.apps.alow: unknown key "alow"; did you mean "allow"? allowed: generation, name, vpc, subnets, allow, securityGroups, tags, shareZoneWith',
    ],
    [
      "the id of an endpoint beside what one is made of",
      "        vpc: vpc-0a1b2c3d4e5f60718\n",
      "        id: vpce-0a1b2c3d4e5f60731\n        vpc: vpc-0a1b2c3d4e5f60718\n",
      "9:13 stacks.network.endpoints.apps.id: id beside vpc, subnets, allow, tags, shareZoneWith: an endpoint exists already or is made here, not both; leave out id to have it made, or leave out vpc, subnets, allow, tags, shareZoneWith to name the one that exists",
    ],
    [
      "a nextgen collection without a group",
      notes,
      "{ generation: nextgen,",
      "40:28 stacks.search.collections.notes.generation: generation nextgen without a collection group: a collection has the generation of its group; name a group of that generation in group, or write exists: true if the collection is there already",
    ],
    [
      "a nextgen collection without standby replicas",
      notes,
      "{ group: next, standbyReplicas: false, generation: nextgen,",
      "40:46 stacks.search.collections.notes.standbyReplicas: a nextgen collection has standby replicas, AWS refuses its group without them; leave standbyReplicas out",
    ],
    [
      "an unknown key of a collection that exists already, which is offered only what it may have",
      notes,
      "{ exists: true, kind: search, generation: nextgen,",
      '40:30 stacks.search.collections.notes.kind: unknown key "kind"; allowed: exists, generation, from, services, dashboards, access, retention',
    ],
    [
      "a number in place of a text",
      'cost: "7"',
      "cost: 7",
      "12:23 stacks.network.endpoints.apps.tags.cost: cost: 7 is not a text; put it into quotes",
    ],
    [
      "true in place of a text",
      'cost: "7"',
      "cost: true",
      "12:23 stacks.network.endpoints.apps.tags.cost: cost: true is not a text; put it into quotes",
    ],
    [
      "days as AWS writes them",
      "keepDays: 30",
      'keepDays: "30d"',
      `39:23 ${orders}.retention[0].keepDays: keepDays: "30d" is not a number; write 30`,
    ],
    [
      "days as a text",
      "keepDays: 30",
      'keepDays: "30"',
      `39:23 ${orders}.retention[0].keepDays: keepDays: "30" is not a number; write 30`,
    ],
    [
      "days in other words",
      "keepDays: 30",
      "keepDays: a month",
      `39:23 ${orders}.retention[0].keepDays: keepDays: "a month" is not a number; make it a number`,
    ],
  ])("%s", (_name, find, replace, expected) => {
    expect(toldOf(find, replace)).toEqual([expected]);
  });
});

test("every VPC that a zone cannot be shared with is told where it stands", () => {
  const list = "vpc-0a1b2c3d4e5f60718, vpc-0a1b2c3d4e5f60728, vpc-0a1b2c3d4e5f60728, vpc-xyz";
  const at = (column: number, index: number) =>
    `13:${column} stacks.network.endpoints.apps.shareZoneWith[${index}]`;
  expect(toldOf("[vpc-0a1b2c3d4e5f60728]", `[${list}]`)).toEqual([
    `${at(25, 0)}: shareZoneWith: vpc-0a1b2c3d4e5f60718 is the endpoint's own VPC, which has the zone already; leave it out, or name other VPCs`,
    `${at(71, 2)}: VPC "vpc-0a1b2c3d4e5f60728" is given twice; drop one`,
    `${at(94, 3)}: "vpc-xyz" is not a VPC id; give one such as "vpc-0a1b2c3d4e5f60718"`,
  ]);
});
