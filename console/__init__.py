"""What support agents and analysts touch."""
