variable "name" {
  type = string
}

variable "vpc" {
  type = object({ id = string, subnet_ids = list(string), cidr = string })
}

resource "aws_security_group" "this" {
  name_prefix = "${var.name}-"
  vpc_id      = var.vpc.id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  security_group_id = aws_security_group.this.id
  cidr_ipv4         = var.vpc.cidr
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_opensearchserverless_vpc_endpoint" "this" {
  name               = var.name
  vpc_id             = var.vpc.id
  subnet_ids         = var.vpc.subnet_ids
  security_group_ids = [aws_security_group.this.id]
}

output "endpoint_id" {
  value = aws_opensearchserverless_vpc_endpoint.this.id
}
