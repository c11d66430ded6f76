variable "endpoint_id" {
  type = string
}

import {
  to = aws_opensearchserverless_vpc_endpoint.apps
  id = var.endpoint_id
}

resource "aws_opensearchserverless_vpc_endpoint" "apps" {
  name               = "apps"
  vpc_id             = "vpc-0a1b2c3d4e5f60718"
  subnet_ids         = ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"]
  security_group_ids = ["sg-0a1b2c3d4e5f60713"]
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
