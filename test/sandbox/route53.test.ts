import { XMLParser } from "fast-xml-parser";
import { authorization, type Json, newEndpoint, sandboxForEachTest, vpcId } from "./raw-aws";

const aws = sandboxForEachTest();
const namespace = "https://route53.amazonaws.com/doc/2013-04-01/";
const parser = new XMLParser({
  parseTagValue: false,
  ignoreDeclaration: true,
  isArray: (name) => ["HostedZone", "HostedZoneSummary", "ResourceRecordSet", "Tag", "VPC"].includes(name),
});

interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly body: Json;
}

async function route53(method: string, path: string, xml?: string): Promise<Answer> {
  const response = await fetch(`${aws.sandbox.url}/2013-04-01${path}`, {
    method,
    headers: { authorization: authorization("route53") },
    ...(xml === undefined ? {} : { body: xml }),
  });
  const body = Object.values(parser.parse(await response.text()) as Json)[0] as Json;
  const error = body["Error"] as Json | undefined;
  return {
    status: response.status,
    code: error && String(error["Code"]),
    message: error && String(error["Message"]),
    body,
  };
}

const vpcXml = (id = vpcId, region = "us-east-1") =>
  `<VPC><VPCRegion>${region}</VPCRegion><VPCId>${id}</VPCId></VPC>`;
const create = (name: string, reference = name, vpc = vpcXml()) =>
  route53(
    "POST",
    "/hostedzone",
    `<CreateHostedZoneRequest xmlns="${namespace}"><Name>${name}</Name>${vpc}` +
      `<CallerReference>${reference}</CallerReference><HostedZoneConfig><Comment>R&amp;D</Comment>` +
      "</HostedZoneConfig></CreateHostedZoneRequest>",
  );
async function newZone(name: string): Promise<string> {
  const { body } = await create(name);
  const [zone] = body["HostedZone"] as readonly Json[];
  return String(zone?.["Id"]).replace("/hostedzone/", "");
}
const change = (id: string, ...changes: readonly string[]) =>
  route53(
    "POST",
    `/hostedzone/${id}/rrset`,
    `<ChangeResourceRecordSetsRequest xmlns="${namespace}"><ChangeBatch><Changes>${changes.join("")}</Changes>` +
      "</ChangeBatch></ChangeResourceRecordSetsRequest>",
  );
const record = (action: string, name: string, type: string, value: string, ttl = 60) =>
  `<Change><Action>${action}</Action><ResourceRecordSet><Name>${name}</Name><Type>${type}</Type><TTL>${ttl}</TTL>` +
  `<ResourceRecords><ResourceRecord><Value>${value}</Value></ResourceRecord></ResourceRecords></ResourceRecordSet></Change>`;
const associate = (id: string, vpc: string) =>
  route53(
    "POST",
    `/hostedzone/${id}/associatevpc`,
    `<AssociateVPCWithHostedZoneRequest>${vpcXml(vpc)}</AssociateVPCWithHostedZoneRequest>`,
  );
const disassociate = (id: string, vpc: string) =>
  route53(
    "POST",
    `/hostedzone/${id}/disassociatevpc`,
    `<DisassociateVPCFromHostedZoneRequest>${vpcXml(vpc)}</DisassociateVPCFromHostedZoneRequest>`,
  );
const recordsOf = async (id: string, query = "") =>
  (((await route53("GET", `/hostedzone/${id}/rrset${query}`)).body["ResourceRecordSets"] as Json)[
    "ResourceRecordSet"
  ] ?? []) as readonly Json[];
async function zonesOf(path = "/hostedzone"): Promise<readonly Json[]> {
  const zones = (await route53("GET", path)).body["HostedZones"] as Json | "";
  return zones === "" ? [] : (zones["HostedZone"] as readonly Json[]);
}

test("characters that the body gives by number are those characters", async () => {
  const id = await newZone("example.com");
  // As the SDK for Go, and so Terraform, writes "v=1".
  expect(await change(id, record("CREATE", "example.com", "TXT", "&#34;v=1&#x22;"))).toMatchObject({
    status: 200,
  });
  expect(await recordsOf(id, "?name=example.com&type=TXT")).toContainEqual(
    expect.objectContaining({ ResourceRecords: { ResourceRecord: { Value: '"v=1"' } } }),
  );
});

describe("the zones of managed endpoints", () => {
  test("three come with an endpoint, associated with its VPC, and go with it", async () => {
    const id = await newEndpoint(aws, "apps");
    const zones = await zonesOf();
    expect(zones.map((zone) => zone["Name"])).toEqual([
      "us-east-1.aoss.amazonaws.com.",
      "us-east-1.aoss-fips.amazonaws.com.",
      "us-east-1.opensearch.amazonaws.com.",
    ]);
    expect(zones[0]).toMatchObject({
      Config: { PrivateZone: "true" },
      LinkedService: { ServicePrincipal: "aoss.amazonaws.com" },
    });
    const zoneId = String(zones[0]?.["Id"]).replace("/hostedzone/", "");
    expect(await recordsOf(zoneId)).toContainEqual(
      expect.objectContaining({ Name: "\\052.us-east-1.aoss.amazonaws.com.", Type: "CNAME" }),
    );
    const byVpc = await route53("GET", `/hostedzonesbyvpc?vpcid=${vpcId}&vpcregion=us-east-1`);
    expect((byVpc.body["HostedZoneSummaries"] as Json)["HostedZoneSummary"]).toHaveLength(3);
    await aws.json("DeleteVpcEndpoint", { id });
    expect(await zonesOf()).toEqual([]);
    expect(await route53("GET", `/hostedzone/${zoneId}`)).toMatchObject({
      status: 404,
      code: "NoSuchHostedZone",
    });
  });

  test("are not the caller's to change or delete", async () => {
    await newEndpoint(aws, "apps");
    const id = String((await zonesOf())[0]?.["Id"]).replace("/hostedzone/", "");
    const denied = { status: 403, code: "AccessDenied" };
    expect(await route53("DELETE", `/hostedzone/${id}`)).toMatchObject(denied);
    expect(
      await change(id, record("CREATE", "a.us-east-1.aoss.amazonaws.com", "A", "10.0.0.1")),
    ).toMatchObject(denied);
    expect(await disassociate(id, vpcId)).toMatchObject({ code: "LastVPCAssociation" });
  });

  test("take further VPCs, one by one, and keep their own", async () => {
    const other = "vpc-0123456789abcdef0";
    await newEndpoint(aws, "apps");
    const ids = (await zonesOf()).map(({ Id }) => String(Id).replace("/hostedzone/", ""));
    const id = String(ids[0]);
    expect(await associate(id, other)).toMatchObject({ status: 200 });
    expect(await associate(id, other)).toMatchObject({ code: "ConflictingDomainExists" });
    const vpcsOf = async (zone: string) =>
      ((await route53("GET", `/hostedzone/${zone}`)).body["VPCs"] as Json)["VPC"] as readonly Json[];
    expect((await vpcsOf(id)).map(({ VPCId }) => VPCId)).toEqual([vpcId, other]);
    expect((await vpcsOf(String(ids[1]))).map(({ VPCId }) => VPCId)).toEqual([vpcId]);
    expect(await disassociate(id, vpcId)).toMatchObject({ status: 403, code: "AccessDenied" });
    expect(await disassociate(id, other)).toMatchObject({ status: 200 });
    expect((await vpcsOf(id)).map(({ VPCId }) => VPCId)).toEqual([vpcId]);
  });

  test("stand in the way of a zone of the same name in the same VPC", async () => {
    await newEndpoint(aws, "apps");
    expect(await create("us-east-1.aoss.amazonaws.com")).toMatchObject({
      code: "ConflictingDomainExists",
      message: expect.stringContaining(`The VPC ${vpcId} in region us-east-1 has already been associated`),
    });
  });
});

describe("private zones", () => {
  test("a zone is made with its NS and SOA records, and its change comes into sync", async () => {
    const made = await create("Search.Internal");
    expect(made).toMatchObject({ status: 201, body: { ChangeInfo: { Status: "PENDING" } } });
    const [zone] = made.body["HostedZone"] as readonly Json[];
    expect(zone).toMatchObject({
      Name: "search.internal.",
      Config: { Comment: "R&D", PrivateZone: "true" },
      ResourceRecordSetCount: "2",
    });
    const changeId = String((made.body["ChangeInfo"] as Json)["Id"]);
    expect((await route53("GET", changeId)).body).toMatchObject({ ChangeInfo: { Status: "INSYNC" } });
    expect(await route53("GET", "/change/C0")).toMatchObject({ status: 404, code: "NoSuchChange" });
    const id = String(zone?.["Id"]).replace("/hostedzone/", "");
    expect((await recordsOf(id)).map((each) => each["Type"])).toEqual(["NS", "SOA"]);
  });

  test("a caller reference that was used, a public zone, a VPC that is no VPC are refused", async () => {
    await create("search.internal", "one");
    expect(await create("other.internal", "one")).toMatchObject({
      status: 409,
      code: "HostedZoneAlreadyExists",
    });
    expect(await create("public.example.com", "two", "")).toMatchObject({ code: "InvalidInput" });
    expect(await create("other.internal", "three", vpcXml("vpc-x"))).toMatchObject({ code: "InvalidVPCId" });
    expect(await create("a..internal", "four")).toMatchObject({ code: "InvalidDomainName" });
    expect(aws.sandbox.contents().hostedZones).toHaveLength(1);
  });

  test("VPCs come and go, all but the last", async () => {
    const id = await newZone("search.internal");
    const other = "vpc-0123456789abcdef0";
    expect(await associate(id, other)).toMatchObject({ status: 200 });
    expect(await associate(id, other)).toMatchObject({ code: "ConflictingDomainExists" });
    expect(await disassociate(id, vpcId)).toMatchObject({ status: 200 });
    expect(await disassociate(id, vpcId)).toMatchObject({ code: "VPCAssociationNotFound" });
    expect(await disassociate(id, other)).toMatchObject({ code: "LastVPCAssociation" });
  });

  test("zones are listed page by page, and by name from a name on", async () => {
    for (const name of ["b.internal", "a.internal", "c.example"]) await newZone(name);
    const first = await route53("GET", "/hostedzone?maxitems=2");
    expect(first.body).toMatchObject({ IsTruncated: "true", MaxItems: "2" });
    const marker = String(first.body["NextMarker"]);
    expect((await zonesOf(`/hostedzone?maxitems=2&marker=${marker}`)).map((zone) => zone["Name"])).toEqual([
      "b.internal.",
    ]);
    const byName = await zonesOf("/hostedzonesbyname?dnsname=a.internal");
    expect(byName.map((zone) => zone["Name"])).toEqual(["a.internal.", "b.internal."]);
  });

  test("a zone with records is not deleted, an empty one is", async () => {
    const id = await newZone("search.internal");
    await change(id, record("CREATE", "www.search.internal", "A", "10.0.0.1"));
    expect(await route53("DELETE", `/hostedzone/${id}`)).toMatchObject({ code: "HostedZoneNotEmpty" });
    await change(id, record("DELETE", "www.search.internal", "A", "10.0.0.1"));
    expect(await route53("DELETE", `/hostedzone/${id}`)).toMatchObject({ status: 200 });
    expect(aws.sandbox.contents().hostedZones).toEqual([]);
  });

  test("tags are added and removed, up to ten", async () => {
    const id = await newZone("search.internal");
    const send = (inner: string) =>
      route53(
        "POST",
        `/tags/hostedzone/${id}`,
        `<ChangeTagsForResourceRequest>${inner}</ChangeTagsForResourceRequest>`,
      );
    const tag = (key: string) => `<Tag><Key>${key}</Key><Value>x</Value></Tag>`;
    await send(`<AddTags>${tag("a")}${tag("b")}</AddTags>`);
    await send("<RemoveTagKeys><Key>a</Key></RemoveTagKeys>");
    expect((await route53("GET", `/tags/hostedzone/${id}`)).body).toMatchObject({
      ResourceTagSet: { ResourceId: id, Tags: { Tag: [{ Key: "b", Value: "x" }] } },
    });
    const many = Array.from({ length: 10 }, (_none, index) => tag(`k${index}`)).join("");
    expect(await send(`<AddTags>${many}</AddTags>`)).toMatchObject({ code: "InvalidInput" });
  });
});

describe("records", () => {
  test("are found from a name on, a wildcard in its escaped form", async () => {
    const id = await newZone("search.internal");
    await change(
      id,
      record("CREATE", "*.logs.search.internal", "CNAME", "target.example.com"),
      record("UPSERT", "www.search.internal", "A", "10.0.0.1"),
    );
    const [found] = await recordsOf(id, "?name=%5C052.logs.search.internal.&type=CNAME&maxitems=1");
    expect(found).toMatchObject({ Name: "\\052.logs.search.internal.", Type: "CNAME", TTL: "60" });
  });

  test.each([
    [
      "what exists already",
      record("CREATE", "www.search.internal", "A", "10.0.0.2"),
      "Tried to create resource record set [name='www.search.internal.', type='A'] but it already exists",
    ],
    [
      "a deletion of what is not there",
      record("DELETE", "x.search.internal", "A", "10.0.0.1"),
      "Tried to delete resource record set [name='x.search.internal.', type='A'] but it was not found",
    ],
    [
      "a deletion with other values",
      record("DELETE", "www.search.internal", "A", "10.0.0.9"),
      "Tried to delete resource record set [name='www.search.internal.', type='A'] but the values provided do not match the current values",
    ],
    [
      "a name outside of the zone",
      record("CREATE", "www.example.com", "A", "10.0.0.1"),
      "RRSet with DNS name www.example.com. is not permitted in zone search.internal.",
    ],
    [
      "a CNAME at the apex",
      record("CREATE", "search.internal", "CNAME", "a.example.com"),
      "RRSet of type CNAME with DNS name search.internal. is not permitted at apex in zone search.internal.",
    ],
    [
      "a CNAME beside another record",
      record("CREATE", "www.search.internal", "CNAME", "a.example.com"),
      "conflicting RRSet",
    ],
    ["a word for an address", record("CREATE", "a.search.internal", "A", "ten"), "ARRDATAIllegalIPv4Address"],
    ["an unknown type", record("CREATE", "a.search.internal", "B", "ten"), "Unknown record type 'B'"],
  ])("refused, the whole batch with it: %s", async (_what, refused, message) => {
    const id = await newZone("search.internal");
    await change(id, record("CREATE", "www.search.internal", "A", "10.0.0.1"));
    const before = aws.sandbox.contents();
    expect(
      await change(id, record("CREATE", "good.search.internal", "A", "10.0.0.1"), refused),
    ).toMatchObject({ status: 400, code: "InvalidChangeBatch", message: expect.stringContaining(message) });
    expect(aws.sandbox.contents()).toEqual(before);
  });
});

describe("what is not taken", () => {
  test.each([
    ["XML that does not end", "<CreateHostedZoneRequest><Name>"],
    ["another root", "<DeleteHostedZoneRequest/>"],
    ["nothing", ""],
    ["a document type", '<!DOCTYPE a [<!ENTITY b "c">]><CreateHostedZoneRequest/>'],
    [
      "an element that nobody knows",
      `<CreateHostedZoneRequest><Colour/><Name>a.b</Name><CallerReference>r</CallerReference>${vpcXml()}</CreateHostedZoneRequest>`,
    ],
    [
      "a name given twice",
      `<CreateHostedZoneRequest><Name>a.b</Name><Name>c.d</Name><CallerReference>r</CallerReference>${vpcXml()}</CreateHostedZoneRequest>`,
    ],
  ])("%s", async (_what, xml) => {
    expect(await route53("POST", "/hostedzone", xml)).toMatchObject({ status: 400, code: "InvalidInput" });
    expect(aws.sandbox.contents().hostedZones).toEqual([]);
  });

  test("a path or a parameter that is not served", async () => {
    expect(await route53("GET", "/healthcheck")).toMatchObject({
      status: 404,
      code: "UnknownOperationException",
    });
    expect(await route53("PUT", "/hostedzone")).toMatchObject({ code: "UnknownOperationException" });
    expect(await route53("GET", "/hostedzone?colour=blue")).toMatchObject({ code: "InvalidInput" });
    expect(await route53("GET", "/hostedzone/%E0")).toMatchObject({ code: "InvalidInput" });
  });
});
