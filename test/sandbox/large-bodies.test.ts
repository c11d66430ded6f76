import { authorization, sandboxForEachTest } from "./raw-aws";

const aws = sandboxForEachTest();
const limit = 1024 * 1024;

interface Protocol {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

const json: Protocol = {
  path: "/",
  headers: {
    authorization: authorization("aoss"),
    "x-amz-target": "OpenSearchServerless.CreateSecurityPolicy",
  },
};
const form: Protocol = { path: "/", headers: { authorization: authorization("ec2") } };
const xml: Protocol = {
  path: "/2013-04-01/hostedzone",
  headers: { authorization: authorization("route53") },
};

/** `part` again and again between `start` and `end`, the last one cut off by blanks, to so many bytes. */
const filled = (bytes: number, start: string, part: string, end = ""): string => {
  const times = Math.floor((bytes - start.length - end.length) / part.length);
  const body = start + part.repeat(times) + end;
  return body + " ".repeat(bytes - body.length);
};

/** As deep as so many bytes allow. */
const nested = (bytes: number, open: string, close: string): string => {
  const depth = Math.floor(bytes / (open.length + close.length));
  const body = open.repeat(depth) + close.repeat(depth);
  return body + " ".repeat(bytes - body.length);
};

const action = "Action=DescribeSecurityGroups&Version=2016-11-15";
const zone = "<CreateHostedZoneRequest>";
const zoneEnd = "</CreateHostedZoneRequest>";

/** What takes a reader most for its size: depth, many parts, long parts, escapes. */
const shapes: readonly (readonly [string, Protocol, (bytes: number) => string])[] = [
  ["a JSON text", json, (bytes) => filled(bytes, '{"type":"network","name":"', "x", '"}')],
  ["a JSON policy", json, (bytes) => filled(bytes, '{"type":"network","name":"all","policy":"', "[", '"}')],
  ["JSON escapes", json, (bytes) => filled(bytes, '{"name":"', "\\u0000", '"}')],
  ["JSON lists in lists", json, (bytes) => nested(bytes, "[", "]")],
  [
    "JSON objects in objects",
    json,
    (bytes) => nested(bytes, '{"a":', "}").replace(":}", ":1}").slice(0, bytes),
  ],
  ["a long JSON list", json, (bytes) => filled(bytes, '{"type":[0', ",0", "]}")],
  ["many JSON members", json, (bytes) => filled(bytes, '{"name":"a"', ',"a":1', "}")],
  ["JSON that never ends", json, (bytes) => "[".repeat(bytes)],
  ["JSON and blanks", json, (bytes) => filled(bytes, '{"type":"network","name":"a"}', "\t")],
  ["a form value", form, (bytes) => filled(bytes, `${action}&GroupId.1=`, "x").trimEnd().padEnd(bytes, "x")],
  ["many form fields", form, (bytes) => filled(bytes, action, "&a=1").trimEnd().padEnd(bytes, "&")],
  ["form escapes", form, (bytes) => filled(bytes, `${action}&a=`, "%41").trimEnd().padEnd(bytes, "1")],
  ["a form name in a name", form, (bytes) => filled(bytes, `${action}&a`, ".1").trimEnd().padEnd(bytes, "1")],
  ["ampersands", form, (bytes) => filled(bytes, action, "&")],
  ["an XML text", xml, (bytes) => filled(bytes, `${zone}<Name>`, "x", `</Name>${zoneEnd}`)],
  ["XML elements in elements", xml, (bytes) => nested(bytes, "<a>", "</a>")],
  ["many XML elements", xml, (bytes) => filled(bytes, zone, "<a/>", zoneEnd)],
  ["the same XML element", xml, (bytes) => filled(bytes, zone, "<Name>a</Name>", zoneEnd)],
  ["XML entities", xml, (bytes) => filled(bytes, `${zone}<Name>`, "&amp;", `</Name>${zoneEnd}`)],
  ["XML character references", xml, (bytes) => filled(bytes, `${zone}<Name>`, "&#65;", `</Name>${zoneEnd}`)],
  ["many XML attributes", xml, (bytes) => filled(bytes, "<CreateHostedZoneRequest", ' a="b"', `>${zoneEnd}`)],
  ["XML comments", xml, (bytes) => filled(bytes, zone, "<!---->", zoneEnd)],
  ["XML that never ends", xml, (bytes) => "<a>".repeat(Math.ceil(bytes / 3)).slice(0, bytes)],
  ["opening brackets", xml, (bytes) => "<".repeat(bytes)],
  ["blanks", xml, (bytes) => " ".repeat(bytes)],
];

describe.each(shapes)("%s", (_shape, { path, headers }, body) => {
  const send = async (text: string) => {
    const response = await fetch(`${aws.sandbox.url}${path}`, { method: "POST", headers, body: text });
    return { status: response.status, answer: await response.text() };
  };

  test("just under 1 MiB is read and answered, one byte over it is refused, and the sandbox serves on", async () => {
    for (const bytes of [limit - 1, limit]) {
      const text = body(bytes);
      expect(Buffer.byteLength(text)).toBe(bytes);
      const { status, answer } = await send(text);
      expect(status === 413 || status >= 500 ? status : "answered").toBe("answered");
      // A refusal repeats a value for each constraint that it breaks, of which a name has two, and nothing more.
      expect(answer.length).toBeLessThan(2 * bytes + 2_000);
    }
    expect((await send(body(limit + 1))).status).toBe(413);
    expect((await aws.sts("GetCallerIdentity")).status).toBe(200);
  });
});
