# What infra/notebook.yaml creates: a role's permissions, lifecycle configurations for notebook instances and Studio
# spaces, and, if wanted, a notebook instance without Internet.

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

locals {
  role_name = coalesce(var.existing_role_name, one(aws_iam_role.notebooks[*].name))
  # At most 16,384 characters in base64, and 5 minutes or the notebook does not start:
  # https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-lifecycle-config.html
  lifecycle = var.wheelhouse == null ? null : base64encode(templatefile("${path.module}/stub.sh.tftpl", {
    region                = var.region
    domain_name           = var.domain_name
    domain_owner          = var.domain_owner
    repository_name       = var.repository_name
    wheelhouse            = "s3://${var.wheelhouse.bucket}/${var.wheelhouse.prefix}"
    script_sha256         = var.wheelhouse.script_sha256
    manifest_sha256       = var.wheelhouse.manifest_sha256
    pin                   = var.pin ? "yes" : "no"
    fleet_size            = var.fleet_size
    api_endpoint          = var.api_endpoint
    repositories_endpoint = var.repositories_endpoint
  }))
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["sagemaker.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "notebooks" {
  count                = var.existing_role_name == null ? 1 : 0
  name_prefix          = "${var.name}-"
  description          = "Notebooks that install from CodeArtifact"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  permissions_boundary = var.permissions_boundary
}

# A managed policy, not an inline one: it can be seen, attached elsewhere and taken away as a whole.
resource "aws_iam_policy" "install" {
  name_prefix = "${var.name}-"
  description = "Install packages from one CodeArtifact repository"
  policy      = var.role_policy
}

resource "aws_iam_role_policy_attachment" "install" {
  role       = local.role_name
  policy_arn = aws_iam_policy.install.arn
}

resource "aws_sagemaker_notebook_instance_lifecycle_configuration" "start" {
  count    = var.wheelhouse == null ? 0 : 1
  name     = var.name
  on_start = local.lifecycle
}

# Attach it as the built-in configuration of the domain: that one always runs, and a new version reaches every space at
# its next start. https://docs.aws.amazon.com/sagemaker/latest/dg/studio-lifecycle-configurations.html
# It cannot be updated, only replaced under another name.
resource "aws_sagemaker_studio_lifecycle_config" "start" {
  count                            = var.wheelhouse == null ? 0 : 1
  studio_lifecycle_config_name     = "${var.name}-${substr(sha256(local.lifecycle), 0, 12)}"
  studio_lifecycle_config_app_type = "JupyterLab"
  studio_lifecycle_config_content  = local.lifecycle

  lifecycle {
    create_before_destroy = true
  }
}

data "aws_iam_role" "existing" {
  count = var.existing_role_name == null ? 0 : 1
  name  = var.existing_role_name
}

resource "aws_sagemaker_notebook_instance" "notebook" {
  count                  = var.instance == null ? 0 : 1
  name                   = var.instance.name
  instance_type          = var.instance.type
  platform_identifier    = "notebook-al2023-v1"
  role_arn               = one(concat(aws_iam_role.notebooks[*].arn, data.aws_iam_role.existing[*].arn))
  subnet_id              = var.instance.subnet_id
  security_groups        = var.instance.security_group_ids
  direct_internet_access = "Disabled"
  root_access            = var.instance.root_access
  kms_key_id             = var.instance.kms_key_id
  lifecycle_config_name  = one(aws_sagemaker_notebook_instance_lifecycle_configuration.start[*].name)

  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "2"
  }

  # The role must be able to read before the instance starts for the first time.
  depends_on = [aws_iam_role_policy_attachment.install]
}
