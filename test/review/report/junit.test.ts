import { XMLParser } from "fast-xml-parser";
import { reviewJunit } from "../../../review";
import { ant, jenkins, problemsOf } from "./junit-schemas";
import { change, finding, fullReview, named, publicAccess, review } from "./reviews";

const rules = [
  { id: "public-access", severity: "error", title: "A collection is open", why: "w", remedy: "r" },
  { id: "endpoint-deleted", severity: "error", title: "An endpoint goes", why: "w", remedy: "r" },
] as const;

const junit = (failOn: Parameters<typeof reviewJunit>[1]["failOn"] = "error") =>
  reviewJunit(
    [named("search", fullReview(), { plannedAt: "2026-05-01T10:20:30Z" }), named("other", review(change()))],
    {
      rules,
      failOn,
    },
  );

const schemas = { ant, jenkins };

describe.each(["ant", "jenkins"] as const)("by the schema of %s", (of) => {
  test("the report is valid, whatever fails", () => {
    for (const failOn of ["error", "warning", "note", "never"] as const) {
      expect(problemsOf(junit(failOn), schemas[of])).toEqual([]);
    }
    expect(problemsOf(reviewJunit([], { rules, failOn: "error" }), schemas[of])).toEqual([]);
  });

  test("names that would be markup, and characters that XML cannot hold, leave it valid", () => {
    const nasty = `a"b<c>&'d]]>\u0000\u001b[1m\ufffe\ud800 --> e\nf`;
    const hostile = review(change({ notSeen: [nasty] }), [
      { ...publicAccess, message: nasty, address: nasty, why: nasty, remedy: nasty },
      finding("x", { message: nasty, accepted: { reason: nasty, until: "2027-01-31" } }),
    ]);
    expect(problemsOf(reviewJunit([named(nasty, hostile)], { rules, failOn: "error" }), schemas[of])).toEqual(
      [],
    );
  });

  test.each([
    ["an element in the wrong order", /<properties>.*<\/properties>/, ""],
    ["an attribute that is unknown", "<testcase ", '<testcase colour="red" '],
    ["two of what may be there once", "<system-err>", "<system-err></system-err><system-err>"],
    ["text between elements", "<testcase ", "text<testcase "],
    ["an element that is not closed", "</testsuites>", ""],
  ])("a report with %s would be found out", (what, from, to) => {
    const wrong = what.endsWith("wrong order")
      ? junit().replace(/(<properties>.*<\/properties>)([\s\S]*)(<system-out>)/, "$2$1$3")
      : junit().replace(from, to);
    expect(problemsOf(wrong, schemas[of])).not.toEqual([]);
  });
});

describe("the suites", () => {
  const parsed = (failOn?: Parameters<typeof junit>[0]) => {
    const parser = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: "",
      parseAttributeValue: false,
    });
    return parser.parse(junit(failOn)).testsuites.testsuite as Record<string, never>[];
  };

  test("are one for each plan, with a test for each rule that found nothing and each finding", () => {
    const [search, other] = parsed();
    expect(search).toMatchObject({
      ...{ name: "search", id: "0", tests: "4", failures: "1", errors: "0", skipped: "1" },
      timestamp: "2026-05-01T10:20:30",
      testcase: [
        { classname: "search.endpoint-deleted", name: "An endpoint goes" },
        {
          classname: "search.public-access",
          failure: {
            type: "error",
            message: "network policy site opens site-search to everybody",
            "#text": [
              "network policy site opens site-search to everybody",
              "where: access.yaml:12:9, aws_opensearchserverless_security_policy.site",
              "why: whoever has credentials of the account reaches it from anywhere",
              "mend: grant it to an endpoint instead",
            ].join("\n"),
          },
        },
        { classname: "search.single-subnet" },
        { classname: "search.quota-use", skipped: "accepted until 2027-01-31: raised | soon" },
      ],
    });
    expect(search?.["system-out"]).toContain("warning single-subnet: message of single-subnet");
    expect(other).toMatchObject({ name: "other", id: "1", tests: "2", failures: "0", skipped: "0" });
  });

  test.each([
    ["error", "1"],
    ["warning", "2"],
    ["note", "2"],
    ["never", "0"],
  ] as const)("with --fail-on %s have %s failures; what is accepted is none of them", (failOn, failures) => {
    expect(parsed(failOn)[0]).toMatchObject({ failures, tests: "4" });
  });
});
