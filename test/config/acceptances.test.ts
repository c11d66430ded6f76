import { AccessFileError, parseAccessFile } from "../../config";
import { goodAccessFile } from "../support/bad-access-files";

const accepted = `    accept:
      - finding: single-subnet
        address: aws_opensearchserverless_vpc_endpoint.apps
        reason: a second subnet comes with the new VPC
        until: 2027-01-31
`;
const file = `${goodAccessFile}${accepted}`;

test("an acceptance is read as it stands", () => {
  const { access } = parseAccessFile(file, "access.yaml");
  expect(access.stacks["search"]?.accept).toEqual([
    {
      finding: "single-subnet",
      address: "aws_opensearchserverless_vpc_endpoint.apps",
      reason: "a second subnet comes with the new VPC",
      until: "2027-01-31",
    },
  ]);
});

test("what stands in the file is found by its path", () => {
  const { placeOf } = parseAccessFile(file, "access.yaml");
  expect(placeOf(["stacks", "search", "endpoints", "apps"], true)).toEqual({
    file: "access.yaml",
    line: 6,
    column: 7,
    path: "stacks.search.endpoints.apps",
  });
  expect(placeOf(["stacks", "search", "accept", 0])).toMatchObject({ line: 15, column: 9 });
});

test.each([
  [
    "a day that is none",
    "2027-01-31",
    "2027-02-29",
    '18:16 stacks.search.accept[0].until: until: "2027-02-29" is not a day',
  ],
  [
    "a day in another form",
    "2027-01-31",
    "31.1.2027",
    '18:16 stacks.search.accept[0].until: until: "31.1.2027" is not a day',
  ],
  ["no last day", "        until: 2027-01-31\n", "", "until is missing"],
  ["no reason", "        reason: a second subnet comes with the new VPC\n", "", "reason is missing"],
  ["an empty reason", "a second subnet comes with the new VPC", '" "', "reason: empty"],
  [
    "an id that no finding can have",
    "single-subnet",
    "Single subnet",
    '"Single subnet" is not the id of a finding',
  ],
  ["an unknown key", "until:", "untill:", 'unknown key "untill"; did you mean "until"?'],
])("%s is refused with its line", (_, find, replace, expected) => {
  const load = () => parseAccessFile(file.replace(find, replace), "access.yaml");
  expect(load).toThrow(AccessFileError);
  try {
    load();
  } catch (error) {
    const told = (error as AccessFileError).problems.map(
      ({ position, path, problem, remedy }) =>
        `${position?.line}:${position?.column} ${path}: ${problem}; ${remedy}`,
    );
    expect(told.join("\n")).toContain(expected);
  }
});
