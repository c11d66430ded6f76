resource "aws_security_group" "apps" {
  name   = "apps-endpoint"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
}
resource "aws_opensearchserverless_vpc_endpoint" "apps" {
  name               = "apps"
  vpc_id             = "vpc-0a1b2c3d4e5f60718"
  subnet_ids         = ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"]
  security_group_ids = [aws_security_group.apps.id]
}
resource "aws_vpc_security_group_ingress_rule" "apps" {
  security_group_id = aws_security_group.apps.id
  cidr_ipv4         = "10.20.0.0/16"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}
resource "aws_opensearchserverless_security_policy" "aaa" {
  name = "aaa"
  type = "network"
  policy = jsonencode([{AllowFromPublic=false, SourceVPCEs=[aws_opensearchserverless_vpc_endpoint.apps.id], Rules=[{ResourceType="collection",Resource=["collection/logs-*"]}]}])
}
resource "aws_opensearchserverless_access_policy" "d" {
  name = "dat"
  type = "data"
  policy = jsonencode([{Principal=["arn:aws:iam::123456789012:role/r"],Rules=[{ResourceType="index",Resource=["index/logs-*/*"],Permission=["aoss:ReadDocument","aoss:WriteDocument"]}]}])
}
