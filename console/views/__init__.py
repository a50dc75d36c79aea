"""Pages and what they post to: parse, ask a query or the desk, render."""
