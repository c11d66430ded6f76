# An endpoint in a VPC that is made in the same run: ids that Terraform does not know yet are fine everywhere.

variable "region" {
  type    = string
  default = "eu-central-1"
}

provider "aws" {
  region = var.region
}

resource "aws_vpc" "main" {
  cidr_block           = "10.20.0.0/16"
  enable_dns_support   = true
  enable_dns_hostnames = true
}

resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
  availability_zone = "${var.region}${["a", "b"][count.index]}"
}

resource "aws_security_group" "batch" {
  name_prefix = "batch-"
  vpc_id      = aws_vpc.main.id
}

module "search_access" {
  source = "../.."

  name       = "search"
  vpc_id     = aws_vpc.main.id
  subnet_ids = aws_subnet.private[*].id
  allow = {
    apps  = { cidr = aws_vpc.main.cidr_block, description = "everything in the VPC" }
    batch = { security_group_id = aws_security_group.batch.id }
  }
  grants = [
    { collections = ["orders", "logs-*"], dashboards = true },
    { collections = ["kb-*"], services = ["bedrock.amazonaws.com"] },
  ]
  tags = { team = "search" }
}

output "endpoint_id" {
  value = module.search_access.endpoint_id
}
