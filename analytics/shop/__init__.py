"""The shop's own facts, from its settings file."""
