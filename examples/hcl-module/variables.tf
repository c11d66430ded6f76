variable "account" {
  description = "The account, 12 digits; with credentials of another one nothing is planned."
  type        = string
  default     = "123456789012"
}

variable "region" {
  description = "The Region of the VPC and of the collections."
  type        = string
  default     = "eu-central-1"
}

variable "subnets" {
  description = "Blocks of the subnets, by the letter of their Availability Zone."
  type        = map(string)
  default = {
    a = "10.40.0.0/20"
    b = "10.40.16.0/20"
  }
}

variable "offices" {
  description = "Blocks that reach the endpoint too, by VPN, by names of your choice."
  type        = map(string)
  default     = {}
}
