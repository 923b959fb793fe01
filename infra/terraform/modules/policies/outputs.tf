output "region" {
  description = "Region that the documents speak of."
  value       = var.region
}

output "role" {
  description = "Identity policy of the notebooks' role, as JSON."
  value       = local.documents.role
}

output "api_endpoint" {
  description = "Policy of the codeartifact.api endpoint, as JSON."
  value       = local.documents.api_endpoint
}

output "repositories_endpoint" {
  description = "Policy of the codeartifact.repositories endpoint, as JSON."
  value       = local.documents.repositories_endpoint
}

output "sts_endpoint" {
  description = "Policy of the sts endpoint, as JSON."
  value       = local.documents.sts_endpoint
}

output "s3_endpoint" {
  description = "Policy of the S3 gateway endpoint, as JSON; null without a wheelhouse."
  value       = var.wheelhouse == null ? null : local.documents.s3_endpoint
}
