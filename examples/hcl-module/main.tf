resource "aws_vpc" "apps" {
  cidr_block           = "10.40.0.0/16"
  enable_dns_support   = true
  enable_dns_hostnames = true
}

resource "aws_subnet" "apps" {
  for_each = var.subnets

  vpc_id            = aws_vpc.apps.id
  availability_zone = "${var.region}${each.key}"
  cidr_block        = each.value
}

resource "aws_security_group" "servers" {
  name_prefix = "application-servers-"
  vpc_id      = aws_vpc.apps.id
}

module "search" {
  source = "../../terraform-aws-aoss-privatelink"

  name       = "search"
  vpc_id     = aws_vpc.apps.id
  subnet_ids = [for subnet in aws_subnet.apps : subnet.id]

  # A key is part of a rule's address: the id behind it need not be known yet.
  allow = merge(
    { servers = { security_group_id = aws_security_group.servers.id, description = "application servers" } },
    { for name, block in var.offices : name => { cidr = block, description = "office ${name}" } },
  )

  # The collections are made elsewhere, as are their keys.
  grants = [
    { collections = ["orders", "logs-*"] },
    { collections = ["orders"], dashboards = true, description = "dashboards of orders" },
    { collections = ["kb-*"], from = [], services = ["bedrock.amazonaws.com"] },
  ]

  data_access = [
    {
      principals        = ["arn:aws:iam::${var.account}:role/order-service"]
      indexes           = ["orders/*"]
      index_permissions = ["aoss:ReadDocument", "aoss:WriteDocument"]
    },
  ]

  tags = { team = "search" }
}
