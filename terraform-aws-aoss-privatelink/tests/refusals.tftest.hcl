mock_provider "aws" {}

variables {
  name       = "search"
  vpc_id     = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60711"]
  allow      = { apps = { cidr = "10.20.0.0/16" } }
}

run "a_block_with_host_bits_is_refused" {
  command = plan
  variables {
    allow = { apps = { cidr = "10.20.0.7/16" } }
  }
  expect_failures = [var.allow]
}

run "every_address_is_refused_unless_it_is_meant" {
  command = plan
  variables {
    allow = { apps = { cidr = "0.0.0.0/0" } }
  }
  expect_failures = [var.allow]
}

run "every_address_can_be_meant" {
  command = plan
  variables {
    allow = { apps = { cidr = "0.0.0.0/0", allow_anywhere = true } }
  }
}

run "seven_subnets_are_refused" {
  command = plan
  variables {
    subnet_ids = [for digit in range(7) : "subnet-0a1b2c3d4e5f6071${digit}"]
  }
  expect_failures = [var.subnet_ids]
}

run "a_grant_that_names_no_endpoint_is_refused" {
  command = plan
  variables {
    grants = [{ collections = ["orders"], from = ["apps"] }]
  }
  expect_failures = [output.network_policy_names]
}

run "an_endpoint_that_nobody_could_connect_to_is_refused" {
  command = plan
  variables {
    allow = {}
  }
  expect_failures = [output.endpoint_names]
}

run "a_policy_over_10240_bytes_is_refused" {
  command = plan
  variables {
    grants = [{ collections = [for number in range(300) : "collection-of-some-length-${number}"] }]
  }
  expect_failures = [output.network_policy_names]
}

run "the_session_of_a_role_is_no_principal" {
  command = plan
  variables {
    data_access = [{
      principals        = ["arn:aws:sts::123456789012:assumed-role/reader/jo"]
      indexes           = ["orders/*"]
      index_permissions = ["aoss:ReadDocument"]
    }]
  }
  expect_failures = [var.data_access]
}
