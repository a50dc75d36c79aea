"""Talking to Rasa: one turn at a time, believing nothing it says before it is checked."""
