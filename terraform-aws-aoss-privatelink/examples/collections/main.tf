# Private collections from nothing: an endpoint, the collections with a key of their own, who gets in, for how long.

provider "aws" {
  region = "eu-central-1"
}

resource "aws_kms_key" "search" {
  description = "search"
}

resource "aws_iam_role" "application" {
  for_each = toset(["reader", "writer"])
  name     = each.key
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

module "search" {
  source = "../.."

  name       = "search"
  vpc_id     = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"]
  allow      = { apps = { cidr = "10.20.0.0/16" } }

  kms_key_arns = { search = aws_kms_key.search.arn }
  collections = {
    orders = {
      description = "orders and returns"
      kms_key     = "search"
      from        = ["main"]
      dashboards  = true
      data_access = [
        {
          principals        = [aws_iam_role.application["reader"].arn]
          indexes           = ["*"]
          index_permissions = ["aoss:ReadDocument"]
        },
        {
          principals             = [aws_iam_role.application["writer"].arn]
          collection_permissions = ["aoss:CreateCollectionItems"]
          indexes                = ["2024-*"]
          index_permissions      = ["aoss:*"]
        },
      ]
    }
    logs-web = {
      type      = "timeseries"
      from      = ["main"]
      retention = [{ indexes = ["access-*"], keep_days = 30 }, { indexes = ["audit-*"], keep_days = 365 }]
    }
  }
  tags = { team = "search" }
}

output "collection_endpoints" {
  value = module.search.collection_endpoints
}
