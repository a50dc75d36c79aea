"""What lives in Rasa's process. Imports only language."""
