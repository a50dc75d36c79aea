"""How messages come in and go out, one channel a file."""
