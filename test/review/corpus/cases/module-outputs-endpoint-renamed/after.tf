module "endpoint" {
  source = "./modules/endpoint"

  name = "applications"
  vpc = {
    id         = "vpc-0a1b2c3d4e5f60718"
    subnet_ids = ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"]
    cidr       = "10.20.0.0/16"
  }
}

module "grant" {
  source = "./modules/grant"

  name         = "shop"
  collections  = ["orders", "invoices"]
  endpoint_ids = [module.endpoint.endpoint_id]
}
