import { request } from "node:http";
import aws4 from "aws4";
import { XMLParser } from "fast-xml-parser";
import { type Sandbox, sandboxAccessKeyId } from "../../sandbox";
import { secretKeyOf } from "../../sandbox/access/credential-scope";

export interface S3Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** of an error in XML */
  readonly code: string | undefined;
  /** below the root element */
  readonly xml: Readonly<Record<string, unknown>>;
}

interface S3Call {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly region?: string;
}

/** Sends a request to S3 that aws4 signs, a signer that knows nothing of the sandbox; the path goes out as it is. */
export function s3(
  sandbox: Sandbox,
  method: string,
  path: string,
  { headers = {}, body = "", region = "eu-central-1" }: S3Call = {},
): Promise<S3Answer> {
  const { host, hostname, port } = new URL(sandbox.url);
  const signed = aws4.sign(
    { host, path, method, service: "s3", region, headers: { ...headers }, body },
    { accessKeyId: sandboxAccessKeyId, secretAccessKey: secretKeyOf(sandboxAccessKeyId) },
  );
  return new Promise((resolve, reject) => {
    const sent = request(
      { hostname, port, method, path, headers: signed.headers as Record<string, string> },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          const xml = text.startsWith("<?xml") ? parsed(text) : {};
          const code = xml["Code"] as string | undefined;
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, code, xml });
        });
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  const parser = new XMLParser({
    parseTagValue: false,
    ignoreAttributes: true,
    ignoreDeclaration: true,
    isArray: (name) => ["Contents", "CommonPrefixes", "Bucket"].includes(name),
  });
  return Object.values(parser.parse(text) as Record<string, Record<string, unknown>>)[0] ?? {};
}
