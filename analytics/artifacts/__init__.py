"""Trained models on disk, each with its SHA-256 in the database: `registry.ArtifactRegistry`."""
