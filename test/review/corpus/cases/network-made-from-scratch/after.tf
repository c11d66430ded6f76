resource "aws_vpc" "main" {
  cidr_block           = "10.50.0.0/16"
  enable_dns_support   = true
  enable_dns_hostnames = true
}

resource "aws_subnet" "endpoint" {
  for_each = { a = "10.50.0.0/20", b = "10.50.16.0/20" }

  vpc_id            = aws_vpc.main.id
  availability_zone = "eu-central-1${each.key}"
  cidr_block        = each.value
}

resource "aws_security_group" "apps" {
  name   = "apps-endpoint"
  vpc_id = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "apps" {
  security_group_id = aws_security_group.apps.id
  cidr_ipv4         = "10.0.0.0/8"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_opensearchserverless_vpc_endpoint" "apps" {
  name               = "apps"
  vpc_id             = aws_vpc.main.id
  subnet_ids         = [for subnet in aws_subnet.endpoint : subnet.id]
  security_group_ids = [aws_security_group.apps.id]
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
      SourceVPCEs     = [aws_opensearchserverless_vpc_endpoint.apps.id]
    }
  ])
}
