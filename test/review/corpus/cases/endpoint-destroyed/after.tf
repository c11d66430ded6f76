resource "aws_opensearchserverless_security_policy" "network" {
  name = "network"
  type = "network"
  policy = jsonencode([
    {
      Rules = [
        { ResourceType = "collection", Resource = ["collection/orders"] },
      ]
      AllowFromPublic = false
      SourceVPCEs     = ["vpce-0a1b2c3d4e5f60731"]
    }
  ])
}
