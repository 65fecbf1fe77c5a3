# All settings of the stack with the suffix -Dev: whoever plans it, here or at GitHub, plans with these alone.
suffix                 = "-Dev"
archive_retention_days = 7
log_retention_days     = 7
log_level              = "DEBUG"
accept_replayed_events = true
orchestration          = "event-driven"
