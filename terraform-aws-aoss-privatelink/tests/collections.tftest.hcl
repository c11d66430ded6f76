mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { id = "eu-central-1", name = "eu-central-1" }
  }
}

variables {
  name            = "search"
  create_endpoint = false
}

run "a_collection_has_its_key_its_readers_and_its_retention" {
  command = plan
  variables {
    kms_key_arns = { search = "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef" }
    collections = {
      orders = {
        kms_key  = "search"
        services = ["bedrock.amazonaws.com"]
        data_access = [{
          principals        = ["arn:aws:iam::123456789012:role/reader"]
          indexes           = ["*"]
          index_permissions = ["aoss:ReadDocument"]
        }]
        retention = [{ indexes = ["*"], keep_days = 30 }]
      }
      logs-web = { type = "timeseries" }
    }
  }

  assert {
    condition     = aws_opensearchserverless_collection.this["logs-web"].type == "TIMESERIES" && aws_opensearchserverless_collection.this["orders"].type == "SEARCH"
    error_message = "both are made, each of its type"
  }
  assert {
    condition = jsondecode(aws_opensearchserverless_security_policy.encryption["default/search"].policy) == {
      AWSOwnedKey = false
      KmsARN      = "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef"
      Rules       = [{ Resource = ["collection/orders"], ResourceType = "collection" }]
    }
    error_message = "one has the KMS key"
  }
  assert {
    condition = jsondecode(aws_opensearchserverless_security_policy.encryption["default"].policy) == {
      AWSOwnedKey = true
      Rules       = [{ Resource = ["collection/logs-web"], ResourceType = "collection" }]
    }
    error_message = "the other has the key that AWS owns"
  }
  assert {
    condition = jsondecode(aws_opensearchserverless_access_policy.data_access["default"].policy) == [{
      Principal = ["arn:aws:iam::123456789012:role/reader"]
      Rules     = [{ Permission = ["aoss:ReadDocument"], Resource = ["index/orders/*"], ResourceType = "index" }]
    }]
    error_message = "the reader may read"
  }
  assert {
    condition = jsondecode(aws_opensearchserverless_lifecycle_policy.retention["default"].policy) == {
      Rules = [{ MinIndexRetention = "30d", Resource = ["index/orders/*"], ResourceType = "index" }]
    }
    error_message = "data is kept for 30 days"
  }
}

run "what_two_entries_say_of_one_collection_is_refused" {
  command = plan
  variables {
    kms_key_arns = { search = "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef" }
    encryption   = [{ collections = ["logs-*"] }, { collections = ["logs-*"], kms_key = "search" }]
  }
  expect_failures = [output.encryption_policy_names]
}

run "a_key_of_another_region_is_refused" {
  command = plan
  variables {
    kms_key_arns = { search = "arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef" }
    encryption   = [{ collections = ["logs-*"], kms_key = "search" }]
  }
  expect_failures = [output.encryption_policy_names]
}
