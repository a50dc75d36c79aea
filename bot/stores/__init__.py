"""Where Rasa keeps conversations (an append-only log on SQLite) and its locks (in the process)."""
