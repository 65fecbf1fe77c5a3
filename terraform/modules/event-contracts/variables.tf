variable "folder" {
  description = "Folder with <Event>/schema.json; null: the contracts of this repository. Only tests give another."
  type        = string
  default     = null
}

variable "accept_replayed_events" {
  description = "Whether the patterns match replayed events too. Only for a stack that others replay to: its functions then act on them."
  type        = bool
  default     = false
}
