import type { Dice } from "./random-from";

const namespace = "https://route53.amazonaws.com/doc/2013-04-01/";

interface Parts {
  /** ids of hosted zones, of which some may be there */
  readonly zones: readonly string[];
  /** the id of a change */
  readonly change: () => string;
  /** the id of a VPC that is there, or was */
  readonly vpcId: () => string;
  readonly region: () => string;
  /** what may stand where a text is wanted */
  readonly text: () => string;
}

interface RestRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** Requests to Route 53 at random: most of them as clients send them, some with a part that does not belong there. */
export function randomRoute53(
  { next, below, one }: Dice,
  { zones, change: changeId, vpcId, region, text }: Parts,
): () => RestRequest {
  const escaped = (raw: string): string => raw.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const oddContent = [
    () => escaped(text()),
    () => text(),
    () => `<![CDATA[${text()}]]>`,
    () => `<!-- ${text()} -->`,
    () => "&#0;&#x110000;&nothing;",
    () => "<__proto__>x</__proto__><constructor>y</constructor>",
    () => "<a>".repeat(below(2_000)),
    () => `${"<a>".repeat(400)}${"</a>".repeat(400)}`,
    () => '<b c="d" c="e"/>',
    () => "",
  ];
  /** An element with what belongs into it, but for one in thirty. */
  const element = (name: string, content: string): string => {
    const roll = next();
    if (roll < 0.01) return "";
    if (roll < 0.02) return `<${name}>${content}</${name}>`.repeat(2);
    return `<${name}>${roll < 0.035 ? one(oddContent)() : content}</${name}>`;
  };
  const root = (name: string, ...content: readonly string[]): string => {
    const start = next() < 0.05 ? '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>' : "";
    return `${start}<${name} xmlns="${namespace}">${content.join("")}</${name}>`;
  };
  const names = ["example.com", "a.example.com.", "b.example.com", "*.example.com"];
  const name = () => (next() < 0.9 ? one(names) : one(["us-east-1.aoss.amazonaws.com", "x".repeat(64), ""]));
  const vpc = () =>
    element(
      "VPC",
      element("VPCRegion", region()) +
        element("VPCId", next() < 0.3 ? vpcId() : `vpc-000000${10 + below(90)}`),
    );
  /** Few VPCs and the newest zones, so that what was associated is met again. */
  const shared = () =>
    element("VPC", element("VPCRegion", "us-east-1") + element("VPCId", `vpc-0000001${below(4)}`));
  const newest = (): string => (next() < 0.7 ? (zones.at(-1) ?? zone()) : zone());
  const comment = () => element("Comment", escaped(text()).slice(0, 300));
  const values = [
    ["A", "10.0.0.1"],
    ["AAAA", "2001:db8::1"],
    ["CNAME", "example.com"],
    ["TXT", '"text"'],
  ] as const;
  const record = () => {
    const [type, value] = one(values);
    return element(
      "ResourceRecordSet",
      element("Name", name()) +
        element("Type", next() < 0.9 ? type : one(["MX", "SOA", "x"])) +
        element("TTL", next() < 0.9 ? "60" : one(["0", "-1", "99999999999", "x"])) +
        element(
          "ResourceRecords",
          element("ResourceRecord", element("Value", next() < 0.9 ? value : escaped(text()))),
        ),
    );
  };
  const change = () =>
    element(
      "Change",
      element("Action", next() < 0.95 ? one(["CREATE", "UPSERT", "DELETE"]) : "x") + record(),
    );
  const list = (item: () => string): string => Array.from({ length: 1 + below(3) }, item).join("");
  const query = (): string => {
    const parameters = [
      "maxitems",
      "marker",
      "name",
      "type",
      "vpcid",
      "vpcregion",
      "dnsname",
      "nexttoken",
      "x",
    ];
    const value = () => encodeURIComponent(one(["1", "100", "0", "A", "example.com", "Z0", region()]));
    return next() < 0.5 ? "" : `?${one(parameters)}=${value()}&${one(parameters)}=${value()}`;
  };
  const zone = (): string => one(zones);

  const bodies: readonly (() => readonly [string, string, string])[] = [
    () => [
      "POST",
      "/hostedzone",
      root(
        "CreateHostedZoneRequest",
        element("Name", name()),
        vpc(),
        element("CallerReference", `reference-${below(2_000)}`),
        element("HostedZoneConfig", comment()),
      ),
    ],
    () => ["POST", `/hostedzone/${zone()}`, root("UpdateHostedZoneCommentRequest", comment())],
    () => [
      "POST",
      `/hostedzone/${newest()}/associatevpc`,
      root("AssociateVPCWithHostedZoneRequest", shared()),
    ],
    () => [
      "POST",
      `/hostedzone/${newest()}/disassociatevpc`,
      root("DisassociateVPCFromHostedZoneRequest", shared()),
    ],
    () => [
      "POST",
      `/hostedzone/${zone()}/rrset`,
      root("ChangeResourceRecordSetsRequest", element("ChangeBatch", element("Changes", list(change)))),
    ],
    () => [
      "POST",
      `/tags/hostedzone/${zone()}`,
      root(
        "ChangeTagsForResourceRequest",
        element(
          "AddTags",
          list(() => element("Tag", element("Key", `key-${below(60)}`) + element("Value", "v"))),
        ),
        element(
          "RemoveTagKeys",
          list(() => element("Key", `key-${below(60)}`)),
        ),
      ),
    ],
    () => [
      "POST",
      "/tags/hostedzone",
      root(
        "ListTagsForResourcesRequest",
        element(
          "ResourceIds",
          list(() => element("ResourceId", zone())),
        ),
      ),
    ],
  ];
  const reads = [
    () => `/hostedzone/${zone()}`,
    () => `/hostedzone/${zone()}/rrset${query()}`,
    () => `/hostedzone${query()}`,
    () => `/hostedzonesbyname${query()}`,
    () => `/hostedzonesbyvpc${next() < 0.3 ? query() : `?vpcid=${vpcId()}&vpcregion=us-east-1`}`,
    () => `/tags/hostedzone/${zone()}`,
    () => `/change/${changeId()}`,
  ];
  return () => {
    const roll = next();
    if (roll < 0.25) return { method: "GET", path: `/2013-04-01${one(reads)()}`, body: "" };
    if (roll < 0.31) return { method: "DELETE", path: `/2013-04-01/hostedzone/${zone()}`, body: "" };
    const [method, path, body] = one(bodies)();
    return { method, path: `/2013-04-01${path}`, body };
  };
}
