"""What `rapport bench recommend` is made of: splits by time, models to hold ours against, and measuring."""
