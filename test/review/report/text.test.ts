import { review as reviewPlan, reviewText } from "../../../review";
import type { AccessWorld } from "../../../service";
import { readCase } from "../corpus/case";
import { worldOf3 } from "../picture/worlds";
import {
  apps,
  batch,
  bedrock,
  block,
  change,
  finding,
  foreign,
  fullReview,
  path,
  publicAccess,
  publicWho,
  review,
  role,
} from "./reviews";

const plain = (ofReview = fullReview(), width = 100) =>
  reviewText("search", ofReview, { color: false, width });
const verdict = (parts: Parameters<typeof change>[0]) => plain(review(change(parts)), 400).split("\n")[0];

describe("the verdict", () => {
  test("counts networks and collections where there are several", () => {
    expect(
      verdict({ gained: [path(apps, ["a", "b"]), path(batch, ["b", "c"]), path(apps, ["a"], "dashboard")] }),
    ).toBe("search: 2 networks gain 3 collections; nobody loses any");
  });

  test("names one network and up to two collections", () => {
    expect(verdict({ lost: [path(block("10.0.0.0/8"), ["logs-*", "orders"])] })).toBe(
      "search: nobody gains any; 10.0.0.0/8 via apps loses logs-* and orders",
    );
  });

  test("says what stays of a pattern that is lost", () => {
    const lost = [{ ...path(apps, ["logs-*"]), except: ["logs-app", "logs-b*"] }];
    expect(verdict({ lost })).toBe(
      "search: nobody gains any; endpoint apps loses logs-* (but logs-app and logs-b* stay)",
    );
    expect(plain(review(change({ lost })))).toContain("logs-* (but logs-app, logs-b* stay)");
  });

  test("tells the public first, and networks, services and principals apart", () => {
    expect(
      verdict({
        gained: [
          path(role("ingest", ["aoss:ReadDocument"], "*"), ["orders"]),
          path(bedrock, ["kb"]),
          path(foreign, ["kb"], "dashboard"),
          path(publicWho, ["a", "b", "c-*"]),
        ],
      }),
    ).toBe(
      "search: the public internet gains 2 collections and 1 pattern, " +
        "endpoint vpce-0fedcba9876543210 gains the dashboards of kb, bedrock.amazonaws.com gains kb, " +
        "role/ingest gains data access to orders; nobody loses any",
    );
  });

  test("says that nothing changes, but not where the plan does not tell", () => {
    expect(verdict({ unchanged: 4 })).toBe("search: nobody gains or loses access");
    expect(verdict({ unsure: [path(apps, ["orders"])] })).toBe(
      "search: endpoint apps may lose orders; the plan does not tell all",
    );
  });

  test("says that nobody gains or loses for good where somebody is cut off meanwhile", () => {
    const { interruptions } = fullReview().change;
    expect(verdict({ interruptions })).toBe("search: nobody gains or loses access for good");
  });

  test("does not say of nobody that they gain or lose where a policy is not known yet", () => {
    const tellsAll = false;
    expect(verdict({ tellsAll })).toBe("search: the plan does not tell who gains or loses access");
    expect(verdict({ tellsAll, gained: [path(apps, ["orders"])] })).toBe(
      "search: endpoint apps gains orders; the plan does not tell all",
    );
  });

  test("says that it may not be all where whom an endpoint lets in is not known yet", () => {
    const known = worldOf3();
    // the first group is that of apps
    const unknown = { ...known, securityGroups: known.securityGroups.slice(1) };
    const first = (before: AccessWorld, after: AccessWorld) =>
      plain(review(change({}, { before, after }))).split("\n")[0];
    const open = "search: the plan does not tell who gains or loses access";
    expect([first(known, unknown), first(unknown, known)]).toEqual([open, open]);
    expect(first(unknown, unknown)).toBe("search: nobody gains or loses access");
  });

  test("is not that of the first Region alone", () => {
    const { plan } = readCase("second-region-known-after-apply");
    expect(plain(reviewPlan({ plan, today: "2026-11-25" })).split("\n")[0]).toBe(
      "search: the plan does not tell who gains or loses access",
    );
  });

  test("names the Region where the plan is of several", () => {
    const { plan } = readCase("public-policy-moves-to-another-region");
    const [first, ...lines] = plain(reviewPlan({ plan, today: "2026-11-25" }), 200).split("\n");
    expect(first).toBe(
      "search: the public internet gains orders in us-east-1; the public internet loses orders in eu-central-1",
    );
    expect(lines).toContain("  + the public internet  us-east-1: orders");
    expect(lines).toContain("  - the public internet  eu-central-1: orders");
  });

  test("calls everything and a whole account what they are", () => {
    const root = { ...role("x", ["aoss:*"]), principal: "arn:aws:iam::123456789012:root" };
    expect(verdict({ gained: [path(apps, ["*", "orders"]), path(root, ["orders"])] })).toBe(
      "search: endpoint apps gains all collections (*), account 123456789012 gains data access to orders; nobody loses any",
    );
  });

  test("of an interruption stands below it, with whose access, to what and until when", () => {
    expect(plain(fullReview(), 300).split("\n")[1]).toBe(
      "  ! endpoint apps is replaced (name changes): vpc-0a1b2c3d4e5f60718 is cut off from orders until the new endpoint is active",
    );
  });
});

test("all that a review holds is in the report, the verdict first", () => {
  expect(plain()).toBe(
    `search: the public internet gains site-search, 2 networks gain logs-* and orders, role/ingest gains
data access to orders; 10.0.0.0/8 via apps loses orders, bedrock.amazonaws.com loses 3 collections;
endpoint vpce-0fedcba9876543210 may lose metrics; the plan does not tell all
  ! endpoint apps is replaced (name changes): vpc-0a1b2c3d4e5f60718 is cut off from orders until the
    new endpoint is active
  1 error, 1 warning; 1 accepted

gained
  + the public internet
      site-search
  + endpoint apps (vpce-07cc46262cb06f66c, vpc-0a1b2c3d4e5f60718)
      logs-*, orders, with dashboards
  + endpoint batch (vpc-0a1b2c3d4e5f60728)
      logs-*
  + arn:aws:iam::123456789012:role/ingest
      aoss:ReadDocument, aoss:WriteDocument on index orders/*

lost
  - 10.0.0.0/8 (only 10.2.0.0/15) via endpoint apps (vpce-07cc46262cb06f66c, vpc-0a1b2c3d4e5f60718)
      orders
  - bedrock.amazonaws.com
      kb-a, kb-b, kb-c

may be lost: the plan does not tell
  ? endpoint vpce-0fedcba9876543210 (of another stack or account)
      metrics

changed outside Terraform since the last run
  ~ aws_opensearchserverless_security_policy.site: policy; this plan sets it back
  + the public internet  orders

findings
  error public-access
      access.yaml:12:9, aws_opensearchserverless_security_policy.site
      network policy site opens site-search to everybody
      why:  whoever has credentials of the account reaches it from anywhere
      mend: grant it to an endpoint instead
  warning single-subnet
      aws_opensearchserverless_vpc_endpoint.apps
      message of single-subnet
      why:  why of single-subnet
      mend: remedy of single-subnet
  accepted until 2027-01-31: quota-use: message of quota-use (raised | soon)

not seen
  - policy of other, which is sensitive`,
  );
});

test("without colour no escape is in it, with colour what is gained is green and what is lost red", () => {
  const esc = String.fromCharCode(27);
  expect(plain()).not.toContain(esc);
  const colored = reviewText("search", fullReview(), { color: true, width: 100 });
  expect(colored).toContain(`${esc}[32m  + endpoint batch (vpc-0a1b2c3d4e5f60728)${esc}[39m`);
  expect(colored).toContain(`${esc}[31m  - bedrock.amazonaws.com${esc}[39m`);
  expect(colored).toContain(`${esc}[1m${esc}[31m  + the public internet${esc}[39m${esc}[22m`);
  expect(colored.replaceAll(new RegExp(`${esc}\\[\\d+m`, "g"), "")).toBe(plain());
});

test.each([40, 60, 80, 120, 200])(
  "a line is longer than a terminal of %i columns for one word alone",
  (width) => {
    const lines = plain(fullReview(), width).split("\n");
    const isOneWord = (line: string) => /^ *(?:[-+?~!] )?\S+$/.test(line);
    expect(lines.filter((line) => line.length > width && !isOneWord(line))).toEqual([]);
    expect(lines.some((line) => line.length > width * 0.7)).toBe(true);
  },
);

test("ids, addresses and blocks are never cut in two", () => {
  const part = { ...block("10.20.0.0/16"), addresses: ["10.20.0.0/24", "10.20.2.0/23", "10.20.32.0/19"] };
  for (let width = 40; width < 100; width += 1) {
    const text = plain(review(change({ lost: [path(part, ["orders"])] })), width);
    expect(text).toEqual(expect.stringMatching(/\b10\.20\.32\.0\/19\)/));
    expect(text).toContain("10.20.2.0/23,");
    expect(text).toContain("vpc-0a1b2c3d4e5f60718");
  }
});

test("300 collections of 40 endpoints are a few lines, and all of them with verbose", () => {
  const names = Array.from({ length: 300 }, (_, at) => `logs-${String(at).padStart(3, "0")}`);
  const paths = Array.from({ length: 40 }, (_, at) =>
    path({ ...apps, id: `vpce-${at}`, name: `apps-${at}` }, names),
  );
  const big = review(
    change({ gained: paths }),
    names.map((name) => finding("collection-without-policy", { message: `${name} has no network policy` })),
  );
  const text = plain(big);
  expect(text.split("\n")[0]).toBe("search: 40 networks gain 300 collections; nobody loses any");
  expect(text.split("\n").length).toBeLessThan(25);
  expect(text).toContain("logs-… (300)");
  expect(text).toContain("… and 37 more");
  expect(text).toContain("… and 295 more");
  const verbose = reviewText("search", big, { color: false, width: 100, verbose: true });
  for (const name of names) expect(verbose).toContain(`${name} has no network policy`);
  expect(verbose).toContain("logs-299");
  expect(verbose).toContain("endpoint apps-39 (vpce-39, vpc-0a1b2c3d4e5f60718)");
});

test("names that hold commands for a terminal are shown, not obeyed", () => {
  const nasty = "a\u001b[2Jb\u202ec\r\nd";
  const text = plain(
    review(change({ gained: [path({ ...apps, name: nasty }, [nasty])], notSeen: [nasty] }), [
      { ...publicAccess, message: nasty, address: nasty, remedy: nasty },
    ]),
  );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  expect(text).toContain("a\ufffd[2Jb\ufffdc\ufffd\ufffdd");
});
