suffix                 = "-Dev"
archive_retention_days = 7
log_retention_days     = 7
log_level              = "DEBUG"
accept_replayed_events = true
