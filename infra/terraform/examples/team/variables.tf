variable "region" {
  type = string
}

variable "domain_name" {
  type = string
}

variable "domain_owner" {
  type    = string
  default = null
}

variable "repository_name" {
  type    = string
  default = "isolatedsm"
}

variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  type = list(string)
}

variable "route_table_ids" {
  type    = list(string)
  default = []
}

variable "security_group_ids" {
  description = "Security groups of the notebooks."
  type        = list(string)
}

variable "notebook_name" {
  type = string
}

variable "wheelhouse" {
  description = "What lifecycle/publish printed."
  type = object({
    bucket          = string
    prefix          = optional(string, "jupyterlab-codeartifact")
    script_sha256   = string
    manifest_sha256 = string
  })
  default = null
}
