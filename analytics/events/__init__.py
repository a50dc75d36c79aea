"""Events in: what is known of each kind, how a call is read, what it changes."""
