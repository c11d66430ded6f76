variable "name" {
  type = string
}

variable "create_vpce" {
  type    = bool
  default = true
}

variable "vpce_vpc_id" {
  type    = string
  default = null
}

variable "vpce_subnet_ids" {
  type    = list(string)
  default = []
}

variable "vpce_security_group_sources" {
  type    = list(object({ type = string, sources = list(string) }))
  default = []
}

variable "network_policy_type" {
  type    = string
  default = "AllPrivate"
}

locals {
  dashboard_public  = contains(["AllPublic", "PrivateCollectionPublicDashboard"], var.network_policy_type)
  collection_public = contains(["AllPublic", "PublicCollectionPrivateDashboard"], var.network_policy_type)
  vpces             = var.create_vpce ? [aws_opensearchserverless_vpc_endpoint.this[0].id] : null
  blocks = {
    collection = local.collection_public
    dashboard  = local.dashboard_public
  }
}

resource "aws_security_group" "this" {
  count = var.create_vpce ? 1 : 0

  name        = "${var.name}-vpce"
  description = "Allow access to ${var.name}"
  vpc_id      = var.vpce_vpc_id

  dynamic "ingress" {
    for_each = var.vpce_security_group_sources

    content {
      protocol         = "tcp"
      from_port        = 443
      to_port          = 443
      cidr_blocks      = ingress.value.type == "IPv4" ? ingress.value.sources : null
      ipv6_cidr_blocks = ingress.value.type == "IPv6" ? ingress.value.sources : null
      security_groups  = ingress.value.type == "SGs" ? ingress.value.sources : null
    }
  }
}

resource "aws_opensearchserverless_vpc_endpoint" "this" {
  count = var.create_vpce ? 1 : 0

  name               = "${var.name}-vpce"
  vpc_id             = var.vpce_vpc_id
  subnet_ids         = var.vpce_subnet_ids
  security_group_ids = aws_security_group.this[*].id
}

resource "aws_opensearchserverless_security_policy" "network" {
  name        = "${var.name}-network"
  type        = "network"
  description = "Network policy of ${var.name}"
  policy = jsonencode([
    for type, is_public in local.blocks : merge(
      {
        Description     = "${is_public ? "Public" : "Private"} access to the ${type}"
        Rules           = [{ ResourceType = type, Resource = ["collection/${var.name}"] }]
        AllowFromPublic = is_public
      },
      is_public ? {} : { SourceVPCEs = local.vpces }
    )
  ])
}
