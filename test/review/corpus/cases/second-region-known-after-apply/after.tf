resource "aws_opensearchserverless_security_policy" "network" {
  name = "network"
  type = "network"
  policy = jsonencode([
    {
      Rules = [
        { ResourceType = "collection", Resource = ["collection/orders"] },
      ]
      AllowFromPublic = false
      SourceServices  = ["bedrock.amazonaws.com"]
    }
  ])
}

resource "terraform_data" "endpoint" {
  input = "apps"
}

resource "aws_opensearchserverless_security_policy" "us" {
  provider = aws.us

  name = "network"
  type = "network"
  policy = jsonencode([
    {
      Rules = [
        { ResourceType = "collection", Resource = ["collection/orders"] },
      ]
      AllowFromPublic = false
      SourceVPCEs     = ["vpce-${terraform_data.endpoint.id}"]
    }
  ])
}

provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
