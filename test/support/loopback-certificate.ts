import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { rootCertificates } from "node:tls";
import { generate } from "selfsigned";

/** A certificate for localhost, and a file by which Go programs trust it beside the usual ones. */
export interface LoopbackCertificate {
  readonly key: string;
  readonly cert: string;
  /** for `SSL_CERT_FILE`, which Terraform reads on Linux */
  readonly file: string;
  dispose(): void;
}

export async function loopbackCertificate(): Promise<LoopbackCertificate> {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] },
    ],
  });
  const folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-certificate-"));
  const file = path.join(folder, "certificates.pem");
  const system = process.env["SSL_CERT_FILE"];
  const others = system ? readFileSync(system, "utf8") : rootCertificates.join("\n");
  writeFileSync(file, `${others}\n${cert}\n`);
  return { key, cert, file, dispose: () => rmSync(folder, { recursive: true }) };
}
