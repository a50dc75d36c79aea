"""The demonstration shop: its page, and signing in as one of its customers."""
