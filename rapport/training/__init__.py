"""Training Rasa: `fingerprint` (has anything changed?), `rasa` (the run), `model` (what was trained, and where)."""
