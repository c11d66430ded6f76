resource "aws_opensearchserverless_access_policy" "orders" {
  name = "orders-data"
  type = "data"
  policy = jsonencode([
    {
      Rules = [
        { ResourceType = "collection", Resource = ["collection/orders"], Permission = ["aoss:*"] },
        { ResourceType = "index", Resource = ["index/orders/*"], Permission = ["aoss:*"] },
      ]
      Principal = ["arn:aws:iam::123456789012:role/reader"]
    }
  ])
}
