"""How Rasa chooses among the wordings of a response."""
