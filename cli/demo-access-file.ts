import { parseDocument } from "yaml";

/** What the demo starts from: one endpoint, and one grant that names it. */
export const demoAccessFile = `version: 1
stacks:
  demo:
    region: eu-central-1
    account: "123456789012"
    tags: { team: search }
    endpoints:
      apps:
        vpc: vpc-0a1b2c3d4e5f60718
        subnets: [subnet-0a1b2c3d4e5f60711]
        allow:
          - cidr: 10.20.0.0/16
            description: application subnets
    grants:
      - collections: [orders, "logs-*"]
        dashboards: true
        from: [apps]
`;

/** An access file like the demo's after the change that a team makes most often: one more subnet, source, collection. */
export function widened(text: string): string {
  const document = parseDocument(text);
  document.addIn(["stacks", "demo", "endpoints", "apps", "subnets"], "subnet-0a1b2c3d4e5f60712");
  document.addIn(["stacks", "demo", "endpoints", "apps", "allow"], {
    cidr: "10.30.0.0/16",
    description: "batch jobs",
  });
  document.addIn(["stacks", "demo", "grants", 0, "collections"], "invoices");
  return document.toString();
}
