"""Language on both Pythons: sentence encoder, sentiment, normalising. A leaf: imports nothing of ours."""
