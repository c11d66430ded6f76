import { readFileSync } from "node:fs";
import path from "node:path";
import { accessFilePath, loadAccessFile, parseAccessFile } from "../../config";
import { accessFileJsonSchema } from "../../config/json-schema";
import { goodAccessFile } from "../support/bad-access-files";
import { projectFolder } from "../support/command";

test("the committed JSON Schema is the one of the code", () => {
  expect(readFileSync(path.join(projectFolder, "access.schema.json"), "utf8")).toBe(accessFileJsonSchema());
});

test("the access file of the project is right and names its schema in the first line", () => {
  const file = path.join(projectFolder, "access.yaml");
  expect(readFileSync(file, "utf8").split("\n")[0]).toBe(
    "# yaml-language-server: $schema=./access.schema.json",
  );
  expect(loadAccessFile(file).warnings).toEqual([]);
});

test("what is left out gets its default", () => {
  const { access } = parseAccessFile(goodAccessFile, "access.yaml");
  expect(access.stacks["search"]).toEqual({
    region: "eu-central-1",
    accept: [],
    tags: {},
    endpoints: {
      apps: {
        generation: "classic",
        vpc: "vpc-0a1b2c3d4e5f60718",
        subnets: ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"],
        allow: [{ cidr: "10.20.0.0/16" }],
        securityGroups: [],
        tags: {},
        shareZoneWith: [],
      },
    },
    grants: [{ collections: ["orders"], dashboards: false, from: ["apps"], services: [] }],
    collections: {},
    dataAccess: [],
    encryption: [],
    lifecycle: [],
  });
});

test("aliases are followed, and a mistake behind one is told at the alias's target", () => {
  const text = goodAccessFile
    .replace("- cidr: 10.20.0.0/16", "- &office { cidr: 10.20.0.1/16 }")
    .replace(
      "    grants:",
      "      batch:\n        vpc: vpc-0a1b2c3d4e5f60719\n        subnets: [subnet-0a1b2c3d4e5f60713]\n        allow: [*office]\n    grants:",
    );
  expect(() => parseAccessFile(text, "access.yaml")).toThrow(
    "access.yaml:10:29 stacks.search.endpoints.batch.allow[0].cidr",
  );
});

describe("a warning, and no error, for", () => {
  const warningsOf = (find: string, replace: string) =>
    parseAccessFile(goodAccessFile.replace(find, replace), "access.yaml").warnings.map(
      ({ position, problem }) => `${position?.line}: ${problem}`,
    );

  test("a Region that is not known", () => {
    expect(warningsOf("eu-central-1", "eu-centrl-1")).toEqual([
      expect.stringMatching(/^4: Region eu-centrl-1: .*did you mean eu-central-1/),
    ]);
  });

  test("a service that AWS does not document", () => {
    expect(warningsOf("from: [apps]", "from: [apps]\n        services: [s3.amazonaws.com]")).toEqual([
      expect.stringMatching(/^14: service "s3/),
    ]);
  });

  test("a stack that grants nothing", () => {
    expect(warningsOf("    grants:\n      - collections: [orders]\n        from: [apps]\n", "")).toEqual([
      expect.stringMatching(/^3: the stack grants nothing/),
    ]);
  });

  test("an endpoint that stands in no grant", () => {
    expect(warningsOf("from: [apps]", "services: [bedrock.amazonaws.com]")).toEqual([
      '6: endpoint "apps" stands in no grant: it opens no collection',
    ]);
  });

  test("more sources than a security group holds by default", () => {
    const sources = Array.from({ length: 61 }, (_, index) => `          - cidr: 10.${index}.0.0/16`).join(
      "\n",
    );
    expect(warningsOf("          - cidr: 10.20.0.0/16", sources)).toEqual([
      expect.stringMatching(/^10: 61 sources/),
    ]);
  });
});

test("--file and the context come before the variable, the variable before the default", () => {
  const context = JSON.stringify({ accessFile: "context.yaml" });
  expect(accessFilePath({ CDKTF_CONTEXT_JSON: context, AOSS_PRIVATELINK_FILE: "variable.yaml" })).toBe(
    "context.yaml",
  );
  expect(accessFilePath({ AOSS_PRIVATELINK_FILE: "variable.yaml" })).toBe("variable.yaml");
  expect(accessFilePath({})).toBe("access.yaml");
});
