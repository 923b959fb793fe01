output "security_group_id" {
  description = "Security group of the endpoints."
  value       = aws_security_group.endpoints.id
}

output "api_endpoint_dns" {
  description = "Regional DNS name and hosted zone of the codeartifact.api endpoint, for central DNS."
  value       = aws_vpc_endpoint.interface["codeartifact.api"].dns_entry[0]
}

output "repositories_endpoint_dns" {
  description = "Regional DNS name and hosted zone of the codeartifact.repositories endpoint, for central DNS."
  value       = aws_vpc_endpoint.interface["codeartifact.repositories"].dns_entry[0]
}
