# Endpoints in two VPCs, one of them for collections of generation NEXTGEN too, and one that exists already.

provider "aws" {
  region = "eu-central-1"
}

module "search_access" {
  source = "../.."

  name = "search"
  endpoints = {
    apps = {
      vpc_id     = "vpc-0a1b2c3d4e5f60718"
      subnet_ids = ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"]
      allow      = { clients = { cidr = "10.20.0.0/16" } }
      tags       = { team = "apps" }
    }
    apps-nextgen = {
      vpc_id     = "vpc-0a1b2c3d4e5f60718"
      subnet_ids = ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"]
      allow      = { clients = { cidr = "10.20.0.0/16" } }
      generation = "nextgen"
    }
    batch = {
      vpc_id             = "vpc-0a1b2c3d4e5f60728"
      subnet_ids         = ["subnet-0a1b2c3d4e5f60721"]
      security_group_ids = ["sg-0a1b2c3d4e5f60723"]
    }
  }
  existing_endpoints = {
    partner = { id = "vpce-0a1b2c3d4e5f60731" }
  }
  grants = [
    { collections = ["orders"], from = ["apps", "batch"], dashboards = true },
    { collections = ["vectors-*"], from = ["apps-nextgen"] },
    { collections = ["shared-*"], from = ["partner"], description = "what the partner reads", policy = "partner" },
  ]
}

output "endpoint_ids" {
  value = module.search_access.endpoint_ids
}
