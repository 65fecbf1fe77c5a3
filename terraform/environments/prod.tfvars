deletion_protection = true
log_retention_days  = 90
