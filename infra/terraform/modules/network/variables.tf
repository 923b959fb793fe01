variable "vpc_id" {
  description = "VPC with DNS support and DNS hostnames."
  type        = string
}

variable "subnet_ids" {
  description = "One subnet for each Availability Zone."
  type        = list(string)
}

variable "private_dns" {
  description = "The usual names lead to the endpoints, for every client of the VPC; false with central DNS."
  type        = bool
  default     = true
}

variable "client_security_groups" {
  description = "Security groups of notebooks and of every other client of the VPC."
  type        = list(string)
  default     = []
}

variable "client_cidrs" {
  description = "IPv4 ranges of clients."
  type        = list(string)
  default     = []
  validation {
    condition     = alltrue([for cidr in var.client_cidrs : can(cidrhost(cidr, 0)) && try(tonumber(split("/", cidr)[1]), 0) >= 8])
    error_message = "Ranges such as 10.0.0.0/16, /8 to /32."
  }
}

variable "policies" {
  description = "The module policies, whole."
  type = object({
    region                = string
    api_endpoint          = string
    repositories_endpoint = string
    sts_endpoint          = string
    s3_endpoint           = string
  })
}

variable "sts_endpoint" {
  description = "For clients that assume a role, and nothing else of STS passes it; with private DNS that holds for every client of the VPC."
  type        = bool
  default     = false
}

variable "s3_route_table_ids" {
  description = "Route tables that get an S3 gateway endpoint for the wheelhouse and nothing else: all other S3 traffic there ends. Empty where they have one or need S3."
  type        = list(string)
  default     = []
}
