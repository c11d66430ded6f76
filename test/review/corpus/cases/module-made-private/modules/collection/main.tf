variable "create" {
  type    = bool
  default = true
}

variable "name" {
  type = string
}

variable "type" {
  type    = string
  default = null
}

variable "encryption_policy" {
  type    = any
  default = {}
}

variable "create_network_policy" {
  type    = bool
  default = true
}

variable "network_policy" {
  type    = any
  default = {}
}

variable "create_access_policy" {
  type    = bool
  default = true
}

variable "access_policy_principals" {
  type    = list(string)
  default = []
}

variable "access_policy_index_permissions" {
  type    = list(string)
  default = ["aoss:DescribeIndex", "aoss:ReadDocument"]
}

resource "aws_opensearchserverless_collection" "this" {
  count = var.create ? 1 : 0

  name = var.name
  type = var.type

  depends_on = [aws_opensearchserverless_security_policy.encryption]
}

resource "aws_opensearchserverless_security_policy" "encryption" {
  count = var.create ? 1 : 0

  name = "${var.name}-encryption"
  type = "encryption"
  policy = jsonencode(merge(
    {
      Rules = [{
        ResourceType = "collection"
        Resource     = ["collection/${var.name}"]
      }]
      AWSOwnedKey = true
    },
    var.encryption_policy
  ))
}

resource "aws_opensearchserverless_security_policy" "network" {
  count = var.create && var.create_network_policy ? 1 : 0

  name = "${var.name}-network"
  type = "network"
  policy = jsonencode([merge(
    {
      Rules = [
        for type in ["dashboard", "collection"] : {
          ResourceType = type
          Resource     = ["collection/${var.name}"]
        }
      ]
      AllowFromPublic = true
    },
    var.network_policy
  )])
}

resource "aws_opensearchserverless_access_policy" "this" {
  count = var.create && var.create_access_policy ? 1 : 0

  name = "${var.name}-access"
  type = "data"
  policy = jsonencode([{
    Rules = [{
      ResourceType = "index"
      Resource     = ["index/${var.name}/*"]
      Permission   = var.access_policy_index_permissions
    }]
    Principal = var.access_policy_principals
  }])
}

output "name" {
  value = try(aws_opensearchserverless_collection.this[0].name, null)
}
