module "collection" {
  source = "./modules/collection"

  name = "orders"
  type = "SEARCH"

  access_policy_principals = ["arn:aws:iam::123456789012:role/reader"]
}
