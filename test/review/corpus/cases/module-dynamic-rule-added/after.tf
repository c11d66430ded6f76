module "opensearch_serverless" {
  source = "./modules/serverless"

  name                = "orders"
  vpce_vpc_id         = "vpc-0a1b2c3d4e5f60718"
  vpce_subnet_ids     = ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"]
  network_policy_type = "AllPrivate"

  vpce_security_group_sources = [
    { type = "IPv4", sources = ["10.20.0.0/16"] },
    { type = "SGs", sources = ["sg-0a1b2c3d4e5f60713"] },
  ]
}
