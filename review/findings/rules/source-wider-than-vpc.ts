import { cidrsLeftOut, parseCidr } from "../../../service";
import { endpointSources } from "../endpoint-sources";
import type { Rule } from "../rule";
import { someOf } from "../words";
import { isEverywhere } from "./source-anywhere";

/** The widest block that a VPC takes (Amazon VPC user guide: /16 to /28, and /44 to /60 for IPv6). */
const widest = { ipv4: 16, ipv6: 44 } as const;

export const sourceWiderThanVpc: Rule = {
  id: "source-wider-than-vpc",
  severity: "warning",
  title: "An endpoint lets in more than its VPC",
  why: "The block holds the VPC's addresses and others besides: every network that is connected to the VPC, now or later, and has addresses of the block may open connections to the endpoint.",
  remedy:
    "use the VPC's own blocks, or those of the subnets that the clients are in, and add connected networks one by one",
  examples: {
    found: `resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}
resource "aws_vpc_security_group_ingress_rule" "apps" {
  cidr_ipv4 = "10.0.0.0/8"
  # …
}`,
    passes: `resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}
resource "aws_vpc_security_group_ingress_rule" "apps" {
  cidr_ipv4 = "10.20.0.0/16"
  # …
}`,
  },
  *check(input) {
    for (const { endpoint, source, address, vpcCidrs } of endpointSources(input)) {
      if (source.kind !== "cidr" || isEverywhere(source.value)) continue;
      const than = widerThan(source.value, vpcCidrs);
      if (than === undefined) continue;
      yield {
        address,
        about: source.value,
        message: `endpoint ${endpoint.name ?? endpoint.id} lets in ${source.value}, ${than}`,
        subject: { kind: "endpoint", address: endpoint.address, source: source.value },
      };
    }
  },
};

function widerThan(cidr: string, vpcCidrs: readonly string[]): string | undefined {
  const block = parseCidr(cidr);
  if ("problem" in block) return undefined;
  if (vpcCidrs.length === 0) {
    const most = widest[block.family];
    return block.prefixLength < most ? `which is wider than a VPC can be (/${most})` : undefined;
  }
  const holdsOwn = vpcCidrs.some((own) => cidrsLeftOut([own], [cidr]).length === 0);
  const holdsMore = cidrsLeftOut([cidr], vpcCidrs).length > 0;
  return holdsOwn && holdsMore ? `which is wider than its VPC, ${someOf(vpcCidrs)}` : undefined;
}
