resource "aws_opensearchserverless_security_policy" "us" {
  provider = aws.us

  name = "network"
  type = "network"
  policy = jsonencode([
    {
      Rules = [
        { ResourceType = "collection", Resource = ["collection/orders"] },
      ]
      AllowFromPublic = true
    }
  ])
}

provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
