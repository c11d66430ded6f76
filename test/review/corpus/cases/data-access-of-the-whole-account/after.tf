resource "aws_opensearchserverless_access_policy" "orders" {
  name = "orders-data"
  type = "data"
  policy = jsonencode([
    {
      Rules = [
        { ResourceType = "index", Resource = ["index/orders/*"], Permission = ["aoss:DescribeIndex", "aoss:ReadDocument"] },
      ]
      Principal = ["arn:aws:iam::123456789012:role/reader", "arn:aws:iam::123456789012:root"]
    }
  ])
}
