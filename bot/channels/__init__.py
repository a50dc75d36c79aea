"""The one channel Rasa is reached by: the gateway."""
