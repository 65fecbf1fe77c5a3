# A reservation is both: invocations that no other function of the account can take, and the most that the function itself gets.
variable "account_concurrency" {
  description = "Invocations that Lambda runs at a time for the whole account in this Region: its quota, 1,000 unless AWS says otherwise, 10 in new accounts. An alarm goes off at 80 % of it, and reservations are checked against it."
  type        = number
  default     = 1000

  validation {
    condition     = var.account_concurrency >= 10 && floor(var.account_concurrency) == var.account_concurrency
    error_message = "Expected account_concurrency to be a whole number, 10 or more."
  }

  # https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html: with a lower quota the minimum is the quota itself.
  validation {
    condition = sum(concat([0], values(var.api_reserved_concurrency), [for each in [var.transfer_file_concurrency, var.transfer_range_concurrency] : each if each > 0])) <= max(0, var.account_concurrency - 100)

    error_message = "Expected api_reserved_concurrency, transfer_file_concurrency and transfer_range_concurrency to leave 100 of account_concurrency to functions without a reservation: Lambda refuses more. Ask AWS for a higher quota (Service Quotas, Lambda, Concurrent executions), or reserve less."
  }
}

variable "transfer_file_concurrency" {
  description = "Invocations of TransferFile at a time, kept for it and no more; -1: as many as the account has left. What finds no room waits for hours in its workflow."
  type        = number
  default     = -1

  validation {
    condition     = var.transfer_file_concurrency == -1 || (var.transfer_file_concurrency >= 1 && floor(var.transfer_file_concurrency) == var.transfer_file_concurrency)
    error_message = "Expected transfer_file_concurrency to be a whole number, 1 or more, or -1 for no reservation."
  }
}

variable "transfer_range_concurrency" {
  description = "Invocations of TransferRange at a time, up to four for each large file, kept for it and no more; -1: as many as the account has left."
  type        = number
  default     = -1

  validation {
    condition     = var.transfer_range_concurrency == -1 || (var.transfer_range_concurrency >= 1 && floor(var.transfer_range_concurrency) == var.transfer_range_concurrency)
    error_message = "Expected transfer_range_concurrency to be a whole number, 1 or more, or -1 for no reservation."
  }
}

variable "api_reserved_concurrency" {
  description = "The API's reserve: invocations kept for functions of the API, by function, so that no transfer keeps users waiting, for example { RequestFile = 20, ListFiles = 20 }. A function gets no more than that; one that is not named shares what the account has left."
  type        = map(number)
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.api_reserved_concurrency), ["RequestFile", "ListFiles", "CancelFile", "RegisterDevice", "WebhookFeedly"])) == 0
    error_message = "Expected api_reserved_concurrency to name functions of the API: RequestFile, ListFiles, CancelFile, RegisterDevice, WebhookFeedly."
  }

  validation {
    condition     = alltrue([for each in values(var.api_reserved_concurrency) : each >= 1 && floor(each) == each])
    error_message = "Expected api_reserved_concurrency to have whole numbers, 1 or more."
  }
}
