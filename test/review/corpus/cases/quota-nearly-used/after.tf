resource "aws_opensearchserverless_security_policy" "encryption" {
  count = 125

  name = "team-${count.index}"
  type = "encryption"
  policy = jsonencode({
    Rules       = [{ ResourceType = "collection", Resource = ["collection/team-${count.index}"] }]
    AWSOwnedKey = true
  })
}
