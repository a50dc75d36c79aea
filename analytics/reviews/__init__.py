"""Reviews of what was bought."""
