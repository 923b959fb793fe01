variable "name" {
  description = "Prefix of the names of role, policy and lifecycle configurations."
  type        = string
  default     = "codeartifact"
}

variable "region" {
  description = "Region of the domain and the endpoints."
  type        = string
}

variable "domain_name" {
  description = "CodeArtifact domain."
  type        = string
}

variable "domain_owner" {
  description = "Account that owns the domain."
  type        = string
}

variable "repository_name" {
  description = "Repository that notebooks install from."
  type        = string
}

variable "role_policy" {
  description = "Output role of the module policies."
  type        = string
}

variable "existing_role_name" {
  description = "Role that gets the permissions; null for a new one."
  type        = string
  default     = null
}

variable "permissions_boundary" {
  description = "ARN of the boundary for a new role."
  type        = string
  default     = null
}

variable "wheelhouse" {
  description = "What lifecycle/publish printed; null for no lifecycle configuration."
  type = object({
    bucket          = string
    prefix          = optional(string, "jupyterlab-codeartifact")
    script_sha256   = string
    manifest_sha256 = string
  })
  default = null
  validation {
    condition     = var.wheelhouse == null || can(regex("^[0-9a-f]{64} [0-9a-f]{64}$", "${var.wheelhouse.script_sha256} ${var.wheelhouse.manifest_sha256}"))
    error_message = "Both hashes are 64 hexadecimal digits."
  }
}

variable "pin" {
  description = "Users cannot choose another repository in the panel."
  type        = bool
  default     = true
}

variable "fleet_size" {
  description = "How many notebooks may start at once."
  type        = number
  default     = 0
}

variable "api_endpoint" {
  description = "https://vpce-..., where neither private DNS nor central DNS is used."
  type        = string
  default     = ""
}

variable "repositories_endpoint" {
  description = "The other endpoint likewise."
  type        = string
  default     = ""
}

variable "instance" {
  description = "Notebook instance to create; null for none."
  type = object({
    name               = string
    subnet_id          = string
    security_group_ids = list(string)
    type               = optional(string, "ml.t3.medium")
    root_access        = optional(string, "Disabled")
    kms_key_id         = optional(string)
  })
  default = null
}
