"""How customers rate a chat."""
