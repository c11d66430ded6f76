import type { IngressRule } from "./world";

const https = 443;

/** Whether a rule lets in TCP 443, which is all that the data plane speaks; `unknown` where its ports are. */
export function letsInHttps({ protocol, fromPort, toPort }: IngressRule): "yes" | "no" | "unknown" {
  const name = protocol.toLowerCase();
  if (name === "-1" || name === "all") return "yes";
  if (name !== "tcp" && name !== "6") return "no";
  if (fromPort === undefined || toPort === undefined) return "unknown";
  return fromPort <= https && https <= toPort ? "yes" : "no";
}
