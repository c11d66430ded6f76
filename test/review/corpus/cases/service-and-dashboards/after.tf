resource "aws_opensearchserverless_security_policy" "network" {
  name = "network"
  type = "network"
  policy = jsonencode([
    {
      Rules = [
        { ResourceType = "collection", Resource = ["collection/kb-docs"] },
        { ResourceType = "dashboard", Resource = ["collection/kb-docs"] },
      ]
      AllowFromPublic = false
      SourceServices  = ["bedrock.amazonaws.com"]
    }
  ])
}
