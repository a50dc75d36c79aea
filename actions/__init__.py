"""Custom actions: one a file; flat on purpose (rasa-sdk walks sub-packages by bare name)."""
