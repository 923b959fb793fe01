variable "partition" {
  description = "Partition of the Region."
  type        = string
  default     = "aws"
}

variable "url_suffix" {
  description = "DNS suffix of the partition."
  type        = string
  default     = "amazonaws.com"
}

variable "region" {
  description = "Region of the domain and the endpoints: VPC endpoints do not cross Regions."
  type        = string
}

variable "account_id" {
  description = "Account that the network and the notebooks are in."
  type        = string
  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "An account is 12 digits."
  }
}

variable "domain_name" {
  description = "CodeArtifact domain."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,48}[a-z0-9]$", var.domain_name))
    error_message = "2 to 50 lower-case letters, digits and hyphens; a letter first, no hyphen last."
  }
}

variable "domain_owner" {
  description = "Account that owns the domain; null for account_id."
  type        = string
  default     = null
  validation {
    condition     = var.domain_owner == null || can(regex("^[0-9]{12}$", var.domain_owner))
    error_message = "An account is 12 digits."
  }
}

variable "repository_name" {
  description = "Repository that may be read; in endpoint policies * stands for all of the domain."
  type        = string
  validation {
    condition     = can(regex("^(\\*|[A-Za-z0-9][A-Za-z0-9._-]{1,99})$", var.repository_name))
    error_message = "2 to 100 letters, digits, dots, underscores and hyphens, or *."
  }
}

variable "client_accounts" {
  description = "Accounts whose roles may use the endpoints; empty for account_id alone."
  type        = list(string)
  default     = []
  validation {
    condition     = alltrue([for account in var.client_accounts : can(regex("^[0-9]{12}$", account))])
    error_message = "An account is 12 digits."
  }
}

variable "listing" {
  description = "Also what the panel's repository picker and package list ask for."
  type        = bool
  default     = false
}

variable "wheelhouse" {
  description = "Where lifecycle/publish put the wheelhouse; null for none. kms_key_arn: of the bucket's own key."
  type = object({
    bucket      = string
    prefix      = optional(string, "jupyterlab-codeartifact")
    kms_key_arn = optional(string)
  })
  default = null
}
