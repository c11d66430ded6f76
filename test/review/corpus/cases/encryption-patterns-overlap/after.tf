resource "aws_opensearchserverless_security_policy" "orders" {
  name = "orders"
  type = "encryption"
  policy = jsonencode({
    Rules       = [{ ResourceType = "collection", Resource = ["collection/orders-*"] }]
    AWSOwnedKey = true
  })
}

resource "aws_opensearchserverless_security_policy" "rest" {
  name = "rest"
  type = "encryption"
  policy = jsonencode({
    Rules       = [{ ResourceType = "collection", Resource = ["collection/*"] }]
    AWSOwnedKey = true
  })
}
