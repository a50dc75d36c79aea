"""Measuring models on a split by time."""
