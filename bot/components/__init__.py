"""Own parts of Rasa's pipeline: encoder, intent, fallback, sentiment, entities."""
