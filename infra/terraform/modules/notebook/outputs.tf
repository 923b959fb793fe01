output "role_name" {
  description = "Role with the permissions."
  value       = local.role_name
}

output "policy_arn" {
  description = "Managed policy, to attach to more roles."
  value       = aws_iam_policy.install.arn
}

output "notebook_lifecycle_name" {
  description = "Lifecycle configuration for notebook instances of your own; null without a wheelhouse."
  value       = one(aws_sagemaker_notebook_instance_lifecycle_configuration.start[*].name)
}

output "studio_lifecycle_arn" {
  description = "Built-in lifecycle configuration for a Studio domain; null without a wheelhouse."
  value       = one(aws_sagemaker_studio_lifecycle_config.start[*].arn)
}
