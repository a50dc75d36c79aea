"""What is read out of a message by pattern rather than by model: each kind of entity in its own file."""
