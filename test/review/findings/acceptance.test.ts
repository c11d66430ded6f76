import { parseAccessFile } from "../../../config";
import { accessFileOfStack, review } from "../../../review";
import type { Plan } from "../../../terraform";
import { planOf, unchanged } from "../change/plans";
import {
  access,
  accessPolicy,
  apps,
  appsId,
  collection,
  endpoint,
  group,
  groupId,
  ingress,
  network,
  networkPolicy,
  orders,
  outsideId,
  role,
  rule,
  securityGroup,
} from "../change/resources";

const today = "2026-11-25";

const file = (accept: string) => `version: 1
stacks:
  search:
    region: eu-central-1
    endpoints:
      apps:
        vpc: vpc-0a1b2c3d4e5f60718
        subnets: [subnet-0a1b2c3d4e5f60711]
        allow:
          - cidr: 10.20.0.0/16
          - cidr: 0.0.0.0/0
            allowAnywhere: true
      theirs:
        id: ${outsideId}
    grants:
      - collections: ["logs-*", orders]
        from: [apps, theirs]
    collections:
      orders:
        access:
          - principals: [${role("reader")}]
            indexes: ["*"]
            indexPermissions: ["aoss:*"]
${accept}`;

const acceptance = (fields: Readonly<Record<string, string>>) =>
  `    accept:\n      - ${Object.entries(fields)
    .map(([key, value]) => `${key}: ${value}`)
    .join("\n        ")}\n`;

const singleSubnet = {
  finding: "single-subnet",
  address: apps,
  reason: "a second subnet comes with the new VPC",
  until: "2027-01-31",
};

const plan: Plan = planOf(
  unchanged({
    [apps]: endpoint(appsId, { subnet_ids: ["subnet-0a1b2c3d4e5f60711"] }),
    [group]: securityGroup(groupId),
    [rule]: ingress("0.0.0.0/0"),
    [orders]: collection("orders"),
    [network]: networkPolicy("orders", {
      collections: ["logs-*", "orders"],
      SourceVPCEs: [appsId, outsideId],
    }),
    [access]: accessPolicy("orders", [role("reader")], ["aoss:*"]),
  }),
);

function reviewed(accept = "", day = today) {
  const loaded = parseAccessFile(file(accept), "access.yaml");
  return review({ plan, accessFile: accessFileOfStack(loaded, "search"), today: day });
}

const only = (id: string, accept?: string, day?: string) =>
  reviewed(accept, day).findings.filter((one) => one.id === id);

describe("places in the access file", () => {
  test.each([
    ["single-subnet", 6, 7, "stacks.search.endpoints.apps"],
    ["source-anywhere", 11, 13, "stacks.search.endpoints.apps.allow[1]"],
    ["grant-names-unknown-endpoint", 13, 7, "stacks.search.endpoints.theirs"],
    ["data-access-too-wide", 23, 32, "stacks.search.collections.orders.access[0].indexPermissions[0]"],
  ])("%s leads to its line", (id, line, column, path) => {
    expect(only(id).map(({ place }) => place)).toEqual([{ file: "access.yaml", line, column, path }]);
  });

  test("a public policy leads to the grant that names its collections", () => {
    const open = planOf(
      unchanged({ [network]: networkPolicy("orders", { collections: ["orders"], AllowFromPublic: true }) }),
    );
    const loaded = parseAccessFile(file(""), "access.yaml");
    const { findings } = review({ plan: open, accessFile: accessFileOfStack(loaded, "search"), today });
    expect(findings.map(({ id, place }) => [id, place?.line, place?.path])).toEqual([
      ["public-access", 16, "stacks.search.grants[0].collections[1]"],
    ]);
  });

  test("a file without the stack says nothing of it", () => {
    const loaded = parseAccessFile(file(""), "access.yaml");
    expect(accessFileOfStack(loaded, "other")).toBeUndefined();
    expect(accessFileOfStack(loaded, "constructor")).toBeUndefined();
  });
});

describe("an acceptance", () => {
  test("is told with the finding, which no longer counts", () => {
    const [before, after] = [reviewed(), reviewed(acceptance(singleSubnet))];
    expect(only("single-subnet", acceptance(singleSubnet))[0]?.accepted).toEqual({
      reason: singleSubnet.reason,
      until: "2027-01-31",
    });
    expect([before.accepted, after.accepted]).toEqual([0, 1]);
    expect(after.counts.warning).toBe(before.counts.warning - 1);
  });

  test("without an address is of all findings of its id", () => {
    const { address: _, ...anywhere } = singleSubnet;
    expect(only("single-subnet", acceptance(anywhere))[0]?.accepted).toBeDefined();
  });

  test("of another address accepts nothing", () => {
    expect(
      only("single-subnet", acceptance({ ...singleSubnet, address: `${apps}2` }))[0]?.accepted,
    ).toBeUndefined();
  });

  test("counts on its last day, and not on the day after", () => {
    expect(only("single-subnet", acceptance(singleSubnet), "2027-01-31")[0]?.accepted).toBeDefined();
    expect(only("single-subnet", acceptance(singleSubnet), "2027-02-01")[0]?.accepted).toBeUndefined();
  });

  test("that has ended is a finding with its line", () => {
    expect(only("acceptance-expired", acceptance(singleSubnet), "2027-01-31")).toEqual([]);
    expect(only("acceptance-expired", acceptance(singleSubnet), "2027-02-01")).toMatchObject([
      {
        severity: "warning",
        address: apps,
        message: `the acceptance of single-subnet at ${apps} ended on 2027-01-31, and it is still found`,
        place: { line: 25, path: "stacks.search.accept[0]" },
      },
    ]);
  });

  test("that has ended and has nothing left to accept is a note", () => {
    const gone = acceptance({ ...singleSubnet, finding: "public-access" });
    expect(only("acceptance-expired", gone, "2027-02-01")).toMatchObject([
      { severity: "note", remedy: "drop it from the access file" },
    ]);
  });

  test("of a finding that there is not is told, with what was likely meant", () => {
    expect(
      only("acceptance-unknown", acceptance({ ...singleSubnet, finding: "single-subnets" })),
    ).toMatchObject([
      {
        message: 'there is no finding "single-subnets", so its acceptance does nothing',
        remedy: 'did you mean "single-subnet"?',
        place: { line: 25 },
      },
    ]);
    expect(only("acceptance-unknown", acceptance(singleSubnet))).toEqual([]);
  });
});

describe("findings", () => {
  test("have fingerprints of their own, the same in every run and whatever else is found", () => {
    const prints = reviewed().findings.map(({ fingerprint }) => fingerprint);
    expect(new Set(prints).size).toBe(prints.length);
    expect(prints.every((print) => /^[0-9a-f]{16}$/.test(print))).toBe(true);
    expect(reviewed(acceptance(singleSubnet)).findings.map(({ fingerprint }) => fingerprint)).toEqual(prints);
    const alone = planOf(
      unchanged({ [apps]: endpoint(appsId, { subnet_ids: ["subnet-0a1b2c3d4e5f60711"] }) }),
    );
    const [single] = review({ plan: alone, today }).findings;
    expect(prints).toContain(single?.fingerprint);
  });

  test("come gravest first", () => {
    const more = planOf(
      unchanged({
        [apps]: endpoint(appsId, { subnet_ids: ["subnet-0a1b2c3d4e5f60711"] }),
        [network]: networkPolicy("orders", { collections: ["orders"], SourceVPCEs: [outsideId] }),
        "aws_opensearchserverless_security_policy.open": networkPolicy("open", {
          collections: ["orders"],
          AllowFromPublic: true,
        }),
      }),
    );
    const { findings, counts } = review({ plan: more, today });
    expect(findings.map(({ id }) => id)).toEqual([
      "public-access",
      "single-subnet",
      "grant-names-unknown-endpoint",
    ]);
    expect(counts).toEqual({ error: 1, warning: 1, note: 1 });
  });
});

describe("an acceptance of what is not found", () => {
  test("with the address of nothing is told, and which is meant", () => {
    const accept = acceptance({ ...singleSubnet, address: "aws_opensearchserverless_vpc_endpoint.app" });
    expect(only("acceptance-unused", accept)).toMatchObject([
      {
        severity: "note",
        message:
          "single-subnet at aws_opensearchserverless_vpc_endpoint.app is accepted, and nothing of it is found here",
        remedy: `did you mean "${apps}"?`,
        place: { file: "access.yaml", path: "stacks.search.accept[0]" },
      },
    ]);
    expect(only("single-subnet", accept)).toMatchObject([{ id: "single-subnet" }]);
    expect(only("single-subnet", accept)[0]).not.toHaveProperty("accepted");
  });

  test("of a rule that finds nothing is told", () => {
    const { address: _, ...rest } = singleSubnet;
    expect(only("acceptance-unused", acceptance({ ...rest, finding: "policy-size" }))).toMatchObject([
      { message: "policy-size is accepted, and nothing of it is found here" },
    ]);
  });

  test("is not told of one that accepts something, or whose rule there is not", () => {
    expect(only("acceptance-unused", acceptance(singleSubnet))).toEqual([]);
    expect(only("acceptance-unused", acceptance({ ...singleSubnet, finding: "one-subnet" }))).toEqual([]);
  });
});
