# All settings of the stack without suffix: whoever plans it, here or at GitHub, plans with these alone.
log_retention_days = 90
orchestration      = "event-driven"
