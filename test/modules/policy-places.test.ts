import { PolicyPlaces } from "../../modules/policy-places";

const reader = "arn:aws:iam::123456789012:role/reader";
const writer = "arn:aws:iam::123456789012:role/writer";
const [apps, batch] = ["vpce-0a1b2c3d4e5f60711", "vpce-0a1b2c3d4e5f60712"];

const data = (Principal: string[], ...rules: [resource: string, permission: string][]) => ({
  Principal,
  Rules: rules.map(([resource, permission]) => ({ Resource: [resource], Permission: [permission] })),
});
const places = (documents: Readonly<Record<string, unknown>>) =>
  new PolicyPlaces(
    Object.entries(documents).map(([slot, document]) => ({ slot, text: JSON.stringify(document) })),
  );

describe("of data access policies those hold a grant", () => {
  const inData = places({
    "": [data([reader], ["index/orders/*", "aoss:ReadDocument"])],
    a: [data([reader], ["index/orders/*", "aoss:WriteDocument"])],
    b: [data([writer], ["index/orders/*", "aoss:ReadDocument"])],
    c: [data([reader], ["index/orders/web-*", "aoss:ReadDocument"])],
    d: [
      data([writer], ["index/logs/*", "aoss:ReadDocument"]),
      data([reader], ["collection/orders", "aoss:*"]),
    ],
  });
  const grant = { resources: ["index/orders/*"], who: [reader], may: ["aoss:ReadDocument"] };

  test("that give the permission, to the principal, on the resource", () => {
    expect(inData.slotsFor("orders", [grant])).toEqual([""]);
    expect(inData.slotsFor("orders", [{ ...grant, who: [writer] }])).toEqual(["b"]);
    expect(inData.slotsFor("orders", [{ ...grant, may: ["aoss:WriteDocument"] }])).toEqual(["a"]);
    expect(inData.slotsFor("orders", [{ ...grant, resources: ["index/orders/web-*"] }])).toEqual(["c"]);
  });

  test("of which they give any principal, permission or resource, each once", () => {
    expect(inData.slotsFor("orders", [{ ...grant, who: [reader, writer] }])).toEqual(["", "b"]);
    expect(inData.slotsFor("orders", [{ ...grant, may: ["aoss:WriteDocument", ...grant.may] }])).toEqual([
      "",
      "a",
    ]);
    const onCollection = { resources: ["collection/orders"], who: [reader], may: ["aoss:*"] };
    expect(inData.slotsFor("orders", [onCollection, grant, grant])).toEqual(["d", ""]);
  });

  test("as far as it is on the collection, by name or by prefix", () => {
    const both = { ...grant, who: [reader, writer], resources: ["index/logs/*", "index/orders/*"] };
    expect(inData.slotsFor("orders", [both])).toEqual(["", "b"]);
    expect(inData.slotsFor("logs", [both])).toEqual(["d"]);
    const byPrefix = places({
      "": [data([reader], ["index/logs/*", "aoss:ReadDocument"])],
      a: [data([reader], ["index/ord*/*", "aoss:ReadDocument"])],
    });
    const resources = ["index/logs/*", "index/ord*/*"];
    expect(byPrefix.slotsFor("orders", [{ ...grant, resources }])).toEqual(["a"]);
  });
});

test("of network policies those hold a grant that let one of its endpoints or services in", () => {
  const rules = (collection: string) => [
    { Resource: [`collection/${collection}`], ResourceType: "collection" },
    { Resource: [`collection/${collection}`], ResourceType: "dashboard" },
  ];
  const inNetwork = places({
    "": [{ Rules: rules("orders"), SourceVPCEs: [apps] }],
    a: [{ Rules: rules("orders"), SourceVPCEs: [batch], SourceServices: ["bedrock.amazonaws.com"] }],
    b: [{ Rules: rules("logs"), SourceVPCEs: [apps] }],
  });
  const resources = ["collection/orders"];
  expect(inNetwork.slotsFor("orders", [{ resources, who: [apps] }])).toEqual([""]);
  expect(inNetwork.slotsFor("orders", [{ resources, who: ["bedrock.amazonaws.com"] }])).toEqual(["a"]);
  expect(inNetwork.slotsFor("orders", [{ resources, who: [apps, batch] }])).toEqual(["", "a"]);
});

describe("without a grant, the policies are", () => {
  const rules = (...resources: string[]) => ({ Rules: [{ Resource: resources, ResourceType: "index" }] });
  const inRetention = places({
    "": rules("index/*/*"),
    a: rules("index/log*/*", "index/orders/*"),
    b: rules("index/logs-*/*", "index/orders/web-*"),
    c: rules("index/logs-web-*/*"),
    d: rules("index/logs-web-*/app", "index/logs-web-2024/*"),
    e: rules('index/${join("/", var.names)}/*'),
  });

  test("those that name the collection", () => {
    expect(inRetention.slotsFor("orders")).toEqual(["a", "b"]);
    expect(inRetention.slotsFor("logs-web-2024")).toEqual(["d"]);
  });

  test("else those with the longest prefix of it", () => {
    expect(inRetention.slotsFor("logs-web-2025")).toEqual(["c", "d"]);
    expect(inRetention.slotsFor("logs-web")).toEqual(["b"]);
    expect(inRetention.slotsFor("logistics")).toEqual(["a"]);
    expect(inRetention.slotsFor("secrets")).toEqual([""]);
  });

  test("that with an expression, whatever stands in it", () => {
    expect(inRetention.slotsFor('${join("/", var.names)}')).toEqual(["e"]);
  });

  test("all of them where none names it, since an expression may", () => {
    expect(places({ "": rules("index/orders/*"), a: rules("index/logs/*") }).slotsFor("secrets")).toEqual([
      "",
      "a",
    ]);
  });
});
