resource "aws_opensearchserverless_security_policy" "network" {
  name = "network"
  type = "network"
  policy = jsonencode([
    {
      Rules = [
        { ResourceType = "collection", Resource = ["collection/orders"] },
      ]
      AllowFromPublic = false
      SourceServices  = ["bedrock.amazonaws.com"]
    }
  ])
}

resource "aws_opensearchserverless_security_policy" "encryption" {
  name = "orders"
  type = "encryption"
  policy = jsonencode({
    Rules       = [{ ResourceType = "collection", Resource = ["collection/orders"] }]
    AWSOwnedKey = true
  })
}

resource "aws_opensearchserverless_collection" "orders" {
  name = "orders"
  type = "SEARCH"

  depends_on = [aws_opensearchserverless_security_policy.encryption]
}
