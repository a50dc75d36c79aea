"""Which offer to make to whom, or none."""
