"""What the pages read: one file a panel, each a function from a connection to frozen records."""
