"""Loyalty points, computed from purchases."""
