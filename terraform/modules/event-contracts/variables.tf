variable "folder" {
  description = "Folder with <Event>/schema.json; null: the contracts of this repository. Only tests give another."
  type        = string
  default     = null
}
