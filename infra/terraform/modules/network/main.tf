# What infra/network.yaml creates. Both endpoints are needed: tokens come through codeartifact.api, packages through
# codeartifact.repositories. https://docs.aws.amazon.com/codeartifact/latest/ug/create-vpc-endpoints.html

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0, < 7.0"
    }
  }
}

locals {
  service = "com.amazonaws.${var.policies.region}"
  interfaces = merge(
    {
      "codeartifact.api"          = var.policies.api_endpoint
      "codeartifact.repositories" = var.policies.repositories_endpoint
    },
    var.sts_endpoint ? { sts = var.policies.sts_endpoint } : {},
  )
}

# Terraform takes away AWS's "all traffic to everywhere" when a group has no egress rule; an endpoint only answers.
resource "aws_security_group" "endpoints" {
  name_prefix = "codeartifact-endpoints-"
  description = "HTTPS to the VPC endpoints of CodeArtifact"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
    precondition {
      condition     = length(var.client_security_groups) + length(var.client_cidrs) > 0
      error_message = "Name client_security_groups or client_cidrs."
    }
  }
}

resource "aws_vpc_security_group_ingress_rule" "groups" {
  for_each                     = toset(var.client_security_groups)
  security_group_id            = aws_security_group.endpoints.id
  referenced_security_group_id = each.value
  description                  = "HTTPS from clients"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_vpc_security_group_ingress_rule" "cidrs" {
  for_each          = toset(var.client_cidrs)
  security_group_id = aws_security_group.endpoints.id
  cidr_ipv4         = each.value
  description       = "HTTPS from clients"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_endpoint" "interface" {
  for_each            = local.interfaces
  vpc_id              = var.vpc_id
  vpc_endpoint_type   = "Interface"
  service_name        = "${local.service}.${each.key}"
  subnet_ids          = var.subnet_ids
  security_group_ids  = [aws_security_group.endpoints.id]
  private_dns_enabled = var.private_dns
  policy              = each.value
}

resource "aws_vpc_endpoint" "s3" {
  count             = length(var.s3_route_table_ids) > 0 ? 1 : 0
  vpc_id            = var.vpc_id
  vpc_endpoint_type = "Gateway"
  service_name      = "${local.service}.s3"
  route_table_ids   = var.s3_route_table_ids
  policy            = var.policies.s3_endpoint

  lifecycle {
    precondition {
      condition     = var.policies.s3_endpoint != null
      error_message = "An S3 endpoint without a wheelhouse would have no policy: give the module policies a wheelhouse."
    }
  }
}
