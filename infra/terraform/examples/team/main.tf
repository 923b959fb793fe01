# A team's network and notebooks for a registry that infra/registry.yaml created, perhaps in another account.
#
#   terraform init && terraform apply -var domain_name=... -var 'subnet_ids=["subnet-..."]' ...

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source = "hashicorp/aws"
      # Earlier ones refuse AL2023: https://github.com/hashicorp/terraform-provider-aws/pull/44570
      version = ">= 6.16, < 7.0"
    }
  }
}

provider "aws" {
  region = var.region
}

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  domain_owner = coalesce(var.domain_owner, data.aws_caller_identity.current.account_id)
}

module "policies" {
  source          = "../../modules/policies"
  partition       = data.aws_partition.current.partition
  url_suffix      = data.aws_partition.current.dns_suffix
  region          = var.region
  account_id      = data.aws_caller_identity.current.account_id
  domain_name     = var.domain_name
  domain_owner    = local.domain_owner
  repository_name = var.repository_name
  wheelhouse      = var.wheelhouse == null ? null : { bucket = var.wheelhouse.bucket, prefix = var.wheelhouse.prefix }
}

module "network" {
  source                 = "../../modules/network"
  vpc_id                 = var.vpc_id
  subnet_ids             = var.subnet_ids
  client_security_groups = var.security_group_ids
  policies               = module.policies
  s3_route_table_ids     = var.wheelhouse == null ? [] : var.route_table_ids
}

module "notebook" {
  source          = "../../modules/notebook"
  region          = var.region
  domain_name     = var.domain_name
  domain_owner    = local.domain_owner
  repository_name = var.repository_name
  role_policy     = module.policies.role
  wheelhouse      = var.wheelhouse
  instance = {
    name               = var.notebook_name
    subnet_id          = var.subnet_ids[0]
    security_group_ids = var.security_group_ids
  }
  # An instance that starts before its endpoints installs nothing at its first start.
  depends_on = [module.network]
}
