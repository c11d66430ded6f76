data "aws_vpc" "apps" {
  id = "vpc-0a1b2c3d4e5f60718"
}

data "aws_subnets" "apps" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.apps.id]
  }

  filter {
    name   = "availability-zone"
    values = ["eu-central-1b", "eu-central-1c"]
  }
}

data "aws_security_group" "servers" {
  vpc_id = data.aws_vpc.apps.id
  name   = "application-servers"
}

data "aws_caller_identity" "current" {}

resource "aws_security_group" "apps" {
  name   = "apps-endpoint"
  vpc_id = data.aws_vpc.apps.id
}

resource "aws_vpc_security_group_ingress_rule" "apps" {
  security_group_id            = aws_security_group.apps.id
  referenced_security_group_id = data.aws_security_group.servers.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_opensearchserverless_vpc_endpoint" "apps" {
  name               = "apps"
  vpc_id             = data.aws_vpc.apps.id
  subnet_ids         = data.aws_subnets.apps.ids
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

resource "aws_opensearchserverless_access_policy" "orders" {
  name = "orders-data"
  type = "data"
  policy = jsonencode([
    {
      Rules = [
        { ResourceType = "index", Resource = ["index/orders/*"], Permission = ["aoss:ReadDocument"] },
      ]
      Principal = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:role/reader"]
    }
  ])
}
