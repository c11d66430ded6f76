mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { id = "eu-central-1", name = "eu-central-1" }
  }
  mock_resource "aws_opensearchserverless_vpc_endpoint" {
    defaults = { id = "vpce-0a1b2c3d4e5f60741" }
  }
  mock_resource "aws_vpc_endpoint" {
    defaults = { id = "vpce-0a1b2c3d4e5f60742" }
  }
  mock_resource "aws_security_group" {
    defaults = { id = "sg-0a1b2c3d4e5f60743" }
  }
}

variables {
  name = "search"
}

run "one_endpoint_lets_in_whom_it_names" {
  variables {
    vpc_id     = "vpc-0a1b2c3d4e5f60718"
    subnet_ids = ["subnet-0a1b2c3d4e5f60711"]
    allow = {
      apps   = { cidr = "10.20.0.0/16", description = "application subnets" }
      office = { cidr = "2001:0db8:0::/48" }
    }
    grants = [{ collections = ["orders"], dashboards = true }]
  }

  assert {
    condition     = output.endpoint_id == "vpce-0a1b2c3d4e5f60741" && output.security_group_id == "sg-0a1b2c3d4e5f60743"
    error_message = "the outputs tell the endpoint and its group"
  }
  assert {
    condition     = aws_opensearchserverless_vpc_endpoint.classic["main"].name == "search-main"
    error_message = "the endpoint is called after the module and its key"
  }
  assert {
    condition     = aws_vpc_security_group_ingress_rule.clients["main/apps"].cidr_ipv4 == "10.20.0.0/16" && aws_vpc_security_group_ingress_rule.clients["main/apps"].to_port == 443
    error_message = "a block is let in on port 443"
  }
  assert {
    condition     = aws_vpc_security_group_ingress_rule.clients["main/office"].cidr_ipv6 == "2001:db8::/48"
    error_message = "an IPv6 block is written as AWS answers with it"
  }
  assert {
    condition = jsondecode(aws_opensearchserverless_security_policy.network["default"].policy) == [{
      AllowFromPublic = false
      Rules = [
        { Resource = ["collection/orders"], ResourceType = "collection" },
        { Resource = ["collection/orders"], ResourceType = "dashboard" },
      ]
      SourceVPCEs = ["vpce-0a1b2c3d4e5f60741"]
    }]
    error_message = "the endpoint opens the collection and its dashboards, and nothing is public"
  }
}

run "a_nextgen_endpoint_is_one_of_ec2" {
  variables {
    vpc_id             = "vpc-0a1b2c3d4e5f60718"
    subnet_ids         = ["subnet-0a1b2c3d4e5f60711"]
    security_group_ids = ["sg-0a1b2c3d4e5f60713"]
    generation         = "nextgen"
  }

  assert {
    condition     = aws_vpc_endpoint.nextgen["main"].service_name == "com.amazonaws.eu-central-1.aoss-data" && aws_vpc_endpoint.nextgen["main"].private_dns_enabled
    error_message = "it serves aoss-data with private DNS"
  }
  assert {
    condition     = length(aws_opensearchserverless_vpc_endpoint.classic) == 0 && length(aws_security_group.clients) == 0
    error_message = "nothing else is made"
  }
}

run "an_endpoint_that_exists_is_only_named" {
  variables {
    existing_endpoints = { partner = { id = "vpce-0a1b2c3d4e5f60731" } }
    grants             = [{ collections = ["orders"] }]
  }

  assert {
    condition     = jsondecode(aws_opensearchserverless_security_policy.network["default"].policy)[0].SourceVPCEs == ["vpce-0a1b2c3d4e5f60731"]
    error_message = "the policy names it"
  }
}

run "a_label_makes_a_policy_of_its_own" {
  command = plan
  variables {
    existing_endpoints = { partner = { id = "vpce-0a1b2c3d4e5f60731" } }
    grants = [
      { collections = ["orders"] },
      { collections = ["logs-*"], policy = "logs" },
    ]
  }

  assert {
    condition     = output.network_policy_names == tolist(["search-private-access", "search-private-access-logs"])
    error_message = "its name ends in the label"
  }
}
