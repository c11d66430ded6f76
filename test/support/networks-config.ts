/** What the network of the test may be told to be like. */
export interface NetworkSettings {
  readonly description: string;
  readonly dnsRecordTtl: number;
  readonly entries: readonly { readonly cidr: string; readonly description: string | null }[];
  readonly tags: Readonly<Record<string, string>>;
  /** names of subnets */
  readonly classicSubnets: readonly string[];
  readonly dataSubnets: readonly string[];
  /** the effect of the endpoint policy */
  readonly effect: "Allow" | "Deny";
}

export const initialSettings: NetworkSettings = {
  description: "collections",
  dnsRecordTtl: 60,
  entries: [
    { cidr: "198.51.100.0/24", description: "Berlin" },
    { cidr: "203.0.113.0/24", description: null },
  ],
  tags: { Name: "apps" },
  classicSubnets: ["a"],
  dataSubnets: ["a", "b"],
  effect: "Allow",
};

/** Each setting in another way, none of which replaces a resource. */
export const otherSettings: NetworkSettings = {
  description: "all collections",
  dnsRecordTtl: 120,
  entries: [
    { cidr: "198.51.100.0/24", description: "Berlin" },
    { cidr: "192.0.2.0/24", description: null },
  ],
  tags: { Name: "applications", team: "search" },
  classicSubnets: ["a", "b"],
  dataSubnets: ["b"],
  effect: "Deny",
};

/** The description of an entry that stays, changed. */
export const settingsWithOtherEntry: NetworkSettings = {
  ...otherSettings,
  entries: [
    { cidr: "198.51.100.0/24", description: "Hamburg" },
    { cidr: "192.0.2.0/24", description: null },
  ],
};

const subnet = (name: string): string => `\${aws_subnet.${name}.id}`;

/** One of everything around private access that the sandbox serves, in plain Terraform. */
export function networkConfig(settings: NetworkSettings): Record<string, unknown> {
  const vpc = "${aws_vpc.main.id}";
  const group = "${aws_security_group.apps.id}";
  const https = { ip_protocol: "tcp", from_port: 443, to_port: 443 };
  const nothing = { description: "", ipv6_cidr_blocks: [], prefix_list_ids: [], security_groups: [] };
  return {
    terraform: { required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } } },
    provider: { aws: { region: "eu-central-1", default_tags: { tags: { cost: "search" } } } },
    resource: {
      aws_vpc: {
        main: {
          cidr_block: "10.40.0.0/16",
          enable_dns_hostnames: true,
          assign_generated_ipv6_cidr_block: true,
          tags: settings.tags,
        },
      },
      aws_subnet: {
        ...Object.fromEntries(
          ["a", "b"].map((zone, index) => [
            zone,
            {
              vpc_id: vpc,
              availability_zone: `eu-central-1${zone}`,
              cidr_block: `10.40.${index * 16}.0/20`,
              ipv6_cidr_block: `\${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, ${index})}`,
              tags: settings.tags,
            },
          ]),
        ),
        ipv6: {
          vpc_id: vpc,
          availability_zone: "eu-central-1c",
          ipv6_native: true,
          assign_ipv6_address_on_creation: true,
          enable_resource_name_dns_aaaa_record_on_launch: true,
          ipv6_cidr_block: "${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 2)}",
        },
      },
      aws_ec2_managed_prefix_list: {
        offices: { name: "offices", address_family: "IPv4", max_entries: 5, entry: settings.entries },
      },
      aws_security_group: {
        apps: { name: "apps", description: "Apps", vpc_id: vpc, tags: settings.tags },
        inline: {
          name: "inline",
          description: "Rules inside",
          vpc_id: vpc,
          ingress: [
            {
              ...nothing,
              protocol: "tcp",
              from_port: 443,
              to_port: 443,
              cidr_blocks: ["10.40.0.0/16"],
              self: true,
            },
          ],
          egress: [],
        },
      },
      aws_vpc_security_group_ingress_rule: {
        offices: {
          security_group_id: group,
          prefix_list_id: "${aws_ec2_managed_prefix_list.offices.id}",
          description: settings.description,
          ...https,
        },
        inline: {
          security_group_id: group,
          referenced_security_group_id: "${aws_security_group.inline.id}",
          ...https,
        },
      },
      aws_vpc_security_group_egress_rule: {
        all: { security_group_id: group, cidr_ipv6: "::/0", ip_protocol: "-1" },
      },
      aws_vpc_endpoint: {
        data: {
          vpc_id: vpc,
          service_name: "com.amazonaws.eu-central-1.aoss-data",
          vpc_endpoint_type: "Interface",
          private_dns_enabled: true,
          subnet_ids: settings.dataSubnets.map(subnet),
          security_group_ids: [group],
          policy: JSON.stringify({
            Statement: [{ Action: "*", Effect: settings.effect, Principal: "*", Resource: "*" }],
          }),
          tags: settings.tags,
        },
      },
      aws_opensearchserverless_vpc_endpoint: {
        classic: {
          name: "classic",
          vpc_id: vpc,
          subnet_ids: settings.classicSubnets.map(subnet),
          security_group_ids: [group],
        },
      },
      aws_ec2_tag: {
        classic: {
          resource_id: "${aws_opensearchserverless_vpc_endpoint.classic.id}",
          key: "Name",
          value: settings.description,
        },
      },
      aws_kms_key: {
        main: { description: settings.description, enable_key_rotation: true, tags: settings.tags },
      },
      aws_kms_alias: { main: { name: "alias/search", target_key_id: "${aws_kms_key.main.key_id}" } },
      aws_route53_zone: {
        main: {
          name: "search.internal",
          comment: settings.description,
          vpc: [{ vpc_id: vpc }],
          tags: settings.tags,
          // The association below adds a VPC to the zone.
          lifecycle: { ignore_changes: ["vpc"] },
        },
      },
      aws_route53_record: {
        main: {
          zone_id: "${aws_route53_zone.main.zone_id}",
          name: "*.logs.search.internal",
          type: "CNAME",
          ttl: settings.dnsRecordTtl,
          records: ["target.example.com"],
        },
      },
      aws_route53_zone_association: {
        other: { zone_id: "${aws_route53_zone.main.zone_id}", vpc_id: "vpc-0a1b2c3d4e5f60718" },
      },
    },
    data: {
      aws_vpc: { main: { id: vpc } },
      aws_subnets: {
        main: {
          filter: [{ name: "vpc-id", values: [vpc] }],
          depends_on: ["aws_subnet.a", "aws_subnet.b", "aws_subnet.ipv6"],
        },
      },
      aws_vpc_endpoint: { data: { id: "${aws_vpc_endpoint.data.id}" } },
      aws_vpc_endpoint_service: { data: { service_name: "com.amazonaws.eu-central-1.aoss-data" } },
    },
    output: {
      cidr: { value: "${data.aws_vpc.main.cidr_block}" },
      subnets: { value: "${length(data.aws_subnets.main.ids)}" },
      names: { value: "${data.aws_vpc_endpoint.data.dns_entry[*].dns_name}" },
      zones: { value: "${data.aws_vpc_endpoint_service.data.availability_zones}" },
    },
  };
}
