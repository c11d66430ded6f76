resource "aws_security_group" "apps" {
  name   = "apps-endpoint"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_vpc_security_group_ingress_rule" "apps" {
  security_group_id = aws_security_group.apps.id
  cidr_ipv4         = "10.20.0.0/16"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_endpoint" "data" {
  vpc_id              = "vpc-0a1b2c3d4e5f60718"
  service_name        = "com.amazonaws.eu-central-1.aoss-data"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = false
  subnet_ids          = ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"]
  security_group_ids  = [aws_security_group.apps.id]

  tags = {
    Name = "data"
  }
}

resource "aws_opensearchserverless_security_policy" "network" {
  name = "network"
  type = "network"
  policy = jsonencode([
    {
      Rules = [
        { ResourceType = "collection", Resource = ["collection/vectors"] },
      ]
      AllowFromPublic = false
      SourceVPCEs     = [aws_vpc_endpoint.data.id]
    }
  ])
}
