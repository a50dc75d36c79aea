"""Shopping lists on our own store."""
