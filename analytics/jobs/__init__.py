"""Long-running work: imports and model building."""
