resource "aws_opensearchserverless_vpc_endpoint" "apps" {
  name               = "apps"
  vpc_id             = "vpc-0a1b2c3d4e5f60718"
  subnet_ids         = ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"]
  security_group_ids = ["sg-0a1b2c3d4e5f60713"]
}

module "collection" {
  source = "./modules/collection"

  name = "orders"
  type = "SEARCH"

  access_policy_principals = ["arn:aws:iam::123456789012:role/reader"]

  network_policy = {
    AllowFromPublic = false
    SourceVPCEs     = [aws_opensearchserverless_vpc_endpoint.apps.id]
  }
}
