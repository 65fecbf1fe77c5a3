variable "region" {
  description = "AWS Region of the whole stack."
  type        = string
  default     = "us-west-2"
}

variable "suffix" {
  description = "Appended to every name, so that several stacks share an account: for example -Dev."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^(-[A-Za-z0-9]{1,16})?$", var.suffix))
    error_message = "Expected suffix to be empty or a hyphen with 1 to 16 letters or digits, for example -Dev."
  }
}

variable "orchestration" {
  description = "Who starts FileDownloadWorkflow: event-driven (rule TriggerFileDownload), coordinator (FileCoordinator every 4 minutes; the rollback path) or parallel (both)."
  type        = string
  default     = "event-driven"

  validation {
    condition     = contains(["event-driven", "parallel", "coordinator"], var.orchestration)
    error_message = "Expected orchestration to be event-driven, parallel or coordinator."
  }
}

variable "archive_retention_days" {
  description = "Days for which MediaDownloaderArchive keeps every event for replay."
  type        = number
  default     = 90

  validation {
    condition     = var.archive_retention_days >= 1 && floor(var.archive_retention_days) == var.archive_retention_days
    error_message = "Expected archive_retention_days to be a whole number of days, 1 or more."
  }
}

variable "log_retention_days" {
  description = "Days for which CloudWatch keeps every log group of the stack."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "Expected log_retention_days to be one of the periods that CloudWatch Logs knows: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365 or more."
  }
}

variable "log_level" {
  description = "Least level that the functions log."
  type        = string
  default     = "INFO"

  validation {
    condition     = contains(["DEBUG", "INFO", "WARN", "ERROR"], var.log_level)
    error_message = "Expected log_level to be DEBUG, INFO, WARN or ERROR."
  }
}

variable "deletion_protection" {
  description = "Whether DynamoDB refuses to delete the table; null: in every stack but that with the suffix -Dev."
  type        = bool
  default     = null
}

variable "kms_key_arn" {
  description = "ARN of a key of your own, of this Region, that encrypts table, bucket, queues, topic, logs, the workflow's history and the functions' environment; null: keys of AWS. The key's policy is in docs/runbook.md, under A key of your own."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", var.kms_key_arn))
    error_message = "Expected kms_key_arn to be null or the ARN of a key, arn:aws:kms:<region>:<account>:key/<id>; roles are given no alias."
  }

  validation {
    condition     = var.kms_key_arn == null || try(split(":", var.kms_key_arn)[3] == var.region, true)
    error_message = "Expected kms_key_arn to be a key of the stack's own Region: no service uses one of another Region."
  }
}

variable "media_retention_days" {
  description = "Days after which a file that has come is deleted again, with its record; 0: it is kept."
  type        = number
  default     = 0

  validation {
    condition     = var.media_retention_days >= 0 && floor(var.media_retention_days) == var.media_retention_days
    error_message = "Expected media_retention_days to be a whole number of days, or 0 to keep every file."
  }
}

variable "old_version_days" {
  description = "Days for which an object that was deleted or overwritten can be had back; 0: not at all, the bucket keeps no versions."
  type        = number
  default     = 7

  validation {
    condition     = var.old_version_days >= 0 && floor(var.old_version_days) == var.old_version_days
    error_message = "Expected old_version_days to be a whole number of days, or 0 for no versions."
  }
}

variable "max_file_bytes" {
  description = "Largest file that is downloaded, in bytes."
  type        = number
  default     = 68719476736

  validation {
    condition     = var.max_file_bytes >= 1 && var.max_file_bytes <= 5497558138880
    error_message = "Expected max_file_bytes to be between 1 byte and 5 TiB, the largest object of S3."
  }
}

variable "ranged_from_bytes" {
  description = "From how many bytes on a file is transferred by ranges, where its source allows it; ranges have at least half as many."
  type        = number
  default     = 134217728

  validation {
    condition     = var.ranged_from_bytes >= 16777216
    error_message = "Expected ranged_from_bytes to be at least 16777216: two parts of 8 MiB."
  }
}

variable "transfer_storage_mb" {
  description = "Ephemeral storage of TransferFile in MB: separate video and audio tracks and the file muxed from them lie there together."
  type        = number
  default     = 10240

  validation {
    condition     = var.transfer_storage_mb >= 512 && var.transfer_storage_mb <= 10240
    error_message = "Expected transfer_storage_mb to be between 512 and 10240, Lambda's limits."
  }
}

variable "host_concurrency" {
  description = "Connections that all functions together may have to one host at a time, shared between users; 0: no limits, no host is ever left alone."
  type        = number
  default     = 16

  validation {
    condition     = var.host_concurrency >= 0 && var.host_concurrency <= 100 && floor(var.host_concurrency) == var.host_concurrency
    error_message = "Expected host_concurrency to be a whole number from 0 to 100."
  }
}

variable "host_rate_per_second" {
  description = "Connections to one host that may begin in a second in the long run; as many as host_concurrency may begin at once."
  type        = number
  default     = 8

  validation {
    condition     = var.host_rate_per_second > 0 && var.host_rate_per_second <= 1000
    error_message = "Expected host_rate_per_second to be more than 0 and at most 1000."
  }
}

variable "push_concurrency" {
  description = "How many invocations at most tell the users of files that more than a hundred asked for, each some hundreds a second."
  type        = number
  default     = 5

  validation {
    condition     = var.push_concurrency >= 2 && var.push_concurrency <= 1000
    error_message = "Expected push_concurrency to be between 2 and 1000, which is what a mapping takes."
  }
}

variable "allow_private_sources" {
  description = "Whether media may come from private and loopback addresses. Only for stacks in a closed network."
  type        = bool
  default     = false
}

variable "download_url_seconds" {
  description = "Life of the download links in GET /files/{fileId}, in seconds."
  type        = number
  default     = 3600

  validation {
    condition     = var.download_url_seconds >= 60 && var.download_url_seconds <= 43200
    error_message = "Expected download_url_seconds to be between 60 and 43200: the function's own credentials end a link earlier than that."
  }
}

variable "yt_dlp_layer_zip" {
  description = "Path of the layer that npm run layer made for arm64, for example ../dist/layer/yt-dlp-arm64.zip; empty: no layer, and only direct media URLs work."
  type        = string
  default     = ""

  validation {
    condition     = var.yt_dlp_layer_zip == "" ? true : fileexists(var.yt_dlp_layer_zip)
    error_message = "Expected yt_dlp_layer_zip to be the path of a file; there is none. Make it with npm run layer."
  }
}

variable "yt_dlp_layers" {
  description = "ARNs of further arm64 layers of StartFileUpload and TransferFile: yt-dlp from elsewhere, or plug-ins for it."
  type        = list(string)
  default     = []
}

variable "yt_dlp_path" {
  description = "Path of the yt-dlp executable in the functions; empty: found on PATH."
  type        = string
  default     = ""
}

variable "yt_dlp_cookies_parameter" {
  description = "Name of the SSM SecureString with the cookies that yt-dlp shows to sites, as a browser's cookies.txt; empty: /MediaDownloader<suffix>/YtDlpCookies. Made by hand; without it yt-dlp has none."
  type        = string
  default     = ""

  validation {
    condition     = var.yt_dlp_cookies_parameter == "" || startswith(var.yt_dlp_cookies_parameter, "/")
    error_message = "Expected yt_dlp_cookies_parameter to be empty or a full parameter name that starts with a slash."
  }
}

variable "jwt_issuer" {
  description = "Issuer URL of the users' JWTs. Empty: the API demands IAM signatures instead; it is never open."
  type        = string
  default     = ""

  validation {
    condition     = var.jwt_issuer == "" || startswith(var.jwt_issuer, "https://")
    error_message = "Expected jwt_issuer to be empty or an https:// URL."
  }
}

variable "jwt_audience" {
  description = "Audiences of which a JWT must name one; needed with jwt_issuer."
  type        = list(string)
  default     = []
}

variable "api_burst_limit" {
  description = "Requests that the API takes at once before it answers 429."
  type        = number
  default     = 50
}

variable "api_rate_limit" {
  description = "Requests a second that the API takes steadily before it answers 429."
  type        = number
  default     = 25
}

variable "feedly_token_parameter" {
  description = "Name of the SSM SecureString that holds the secret of POST /feedly; empty: /MediaDownloader<suffix>/FeedlyToken. Its value is set by hand and never enters the state."
  type        = string
  default     = ""

  validation {
    condition     = var.feedly_token_parameter == "" || startswith(var.feedly_token_parameter, "/")
    error_message = "Expected feedly_token_parameter to be empty or a full parameter name that starts with a slash."
  }
}

variable "feedly_user_id" {
  description = "User in whose name POST /feedly asks for files: the sub of the JWT, or the user ARN under IAM authorization."
  type        = string
  default     = "feedly"
}

variable "apns_parameter" {
  description = "Name of the SSM SecureString with Apple's token credentials, JSON as the variable apns; empty: as the variable apns says. Written by npm run ops -- secret set ENVIRONMENT apns."
  type        = string
  default     = ""

  validation {
    condition     = var.apns_parameter == "" || startswith(var.apns_parameter, "/")
    error_message = "Expected apns_parameter to be empty or a full parameter name that starts with a slash."
  }
}

variable "fcm_service_account_parameter" {
  description = "Name of the SSM SecureString with the service account key of Firebase Cloud Messaging; empty: as the variable fcm_service_account says. Written by npm run ops -- secret set ENVIRONMENT fcm_service_account."
  type        = string
  default     = ""

  validation {
    condition     = var.fcm_service_account_parameter == "" || startswith(var.fcm_service_account_parameter, "/")
    error_message = "Expected fcm_service_account_parameter to be empty or a full parameter name that starts with a slash."
  }
}

variable "apns" {
  description = "Token credentials of Apple's push service; null: no APNs. In an environment use apns_parameter."
  type = object({
    platform    = optional(string, "APNS")
    signing_key = string
    key_id      = string
    team_id     = string
    bundle_id   = string
  })
  default   = null
  sensitive = true

  validation {
    condition     = var.apns == null || contains(["APNS", "APNS_SANDBOX"], try(var.apns.platform, ""))
    error_message = "Expected apns.platform to be APNS or APNS_SANDBOX."
  }
}

variable "fcm_service_account" {
  description = "Service account key (JSON) of Firebase Cloud Messaging; null: no FCM. In an environment use fcm_service_account_parameter."
  type        = string
  default     = null
  sensitive   = true
}

variable "nodejs_runtime" {
  description = "Runtime of the functions. The bundles run on both; nodejs22.x is retired on 2027-04-30, and nodejs24.x needs provider 6 (tofu init -upgrade): 5.100 refuses it."
  type        = string
  default     = "nodejs22.x"

  validation {
    condition     = contains(["nodejs22.x", "nodejs24.x"], var.nodejs_runtime)
    error_message = "Expected nodejs_runtime to be nodejs22.x or nodejs24.x, which the bundles are compiled for."
  }
}
