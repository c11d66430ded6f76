output "endpoint_id" {
  description = "For grants of other modules and of other accounts."
  value       = module.search.endpoint_id
}

output "servers_security_group_id" {
  description = "For the instances that use the collections."
  value       = aws_security_group.servers.id
}
