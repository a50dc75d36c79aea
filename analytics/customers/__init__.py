"""Everything known of one customer."""
