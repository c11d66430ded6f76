import type { Rule } from "../rule";

/** How the name of a value ends that Terraform marks as sensitive. */
const sensitive = /, which is sensitive>$/;

export const policyNotRead: Rule = {
  id: "policy-not-read",
  severity: "warning",
  title: "What a policy says cannot be read",
  why: "A policy that cannot be read may open anything to anybody, and no other finding looks into it.",
  remedy:
    "mend its document; where AWS takes it, update this program; take sensitive values out of policies, which hold no secrets",
  severityNote: "An error where its text lets in the public.",
  examples: {
    found: `policy = jsonencode([{
  AllowFromPublic = false
  SourceVPCE      = [aws_opensearchserverless_vpc_endpoint.apps.id]
  Rules           = [{ ResourceType = "collection", Resource = ["collection/orders"] }]
}])`,
    passes: `policy = jsonencode([{
  AllowFromPublic = false
  SourceVPCEs     = [aws_opensearchserverless_vpc_endpoint.apps.id]
  Rules           = [{ ResourceType = "collection", Resource = ["collection/orders"] }]
}])`,
  },
  *check({ steps }) {
    for (const { kind, unread } of steps.flatMap(({ worlds }) => worlds.after.doubts)) {
      if (!unread) continue;
      const { name, address, why, isPublic } = unread;
      const isSensitive = sensitive.test(why);
      // what the apply tells is told as not seen: in HCL that is every policy that names a new endpoint
      if (!isSensitive && why.startsWith("<")) continue;
      const what = `${kind === "data" ? "data access" : "network"} policy ${name}`;
      const told = isSensitive ? "it is marked as sensitive" : why;
      yield {
        address,
        about: kind,
        message: isPublic
          ? `${what} is not read, and lets in the public: ${told}`
          : `${what} is not read: ${told}`,
        severity: isPublic ? "error" : undefined,
      };
    }
  },
};
