variable "name" {
  type = string
}

variable "collections" {
  type = set(string)
}

variable "endpoint_ids" {
  type = list(string)
}

resource "aws_opensearchserverless_security_policy" "this" {
  name = var.name
  type = "network"
  policy = jsonencode([{
    Rules = [{
      ResourceType = "collection"
      Resource     = [for name in var.collections : "collection/${name}"]
    }]
    AllowFromPublic = false
    SourceVPCEs     = var.endpoint_ids
  }])
}
