locals {
  vpcs = {
    apps = { vpc = "vpc-0a1b2c3d4e5f60718", subnets = ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"], cidr = "10.20.0.0/16" }
  }
}

resource "aws_security_group" "endpoint" {
  for_each = local.vpcs

  name   = "${each.key}-endpoint"
  vpc_id = each.value.vpc
}

resource "aws_vpc_security_group_ingress_rule" "endpoint" {
  for_each = local.vpcs

  security_group_id = aws_security_group.endpoint[each.key].id
  cidr_ipv4         = each.value.cidr
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_opensearchserverless_vpc_endpoint" "this" {
  for_each = local.vpcs

  name               = each.key
  vpc_id             = each.value.vpc
  subnet_ids         = each.value.subnets
  security_group_ids = [aws_security_group.endpoint[each.key].id]
}

resource "aws_opensearchserverless_security_policy" "network" {
  name = "network"
  type = "network"
  policy = jsonencode([
    {
      Rules = [
        { ResourceType = "collection", Resource = ["collection/orders"] },
      ]
      AllowFromPublic = false
      SourceVPCEs     = sort([for endpoint in aws_opensearchserverless_vpc_endpoint.this : endpoint.id])
    }
  ])
}
