resource "aws_opensearchserverless_access_policy" "orders" {
  name = "orders-data"
  type = "data"
  policy = jsonencode([
    {
      Rules = [
        { ResourceType = "index", Resource = ["index/orders/*"], Permission = ["aoss:ReadDocument"] },
      ]
      Principal = ["arn:aws:iam::123456789012:role/reader"]
    }
  ])
}

resource "aws_opensearchserverless_access_policy" "writers" {
  name = "orders-writers"
  type = "data"
  policy = jsonencode([
    {
      Rules = [
        { ResourceType = "index", Resource = ["index/orders/*"], Permission = ["aoss:WriteDocument"] },
      ]
      Principal = ["arn:aws:iam::123456789012:role/writer"]
    }
  ])
}
