"""Segments, recommendations, offers and orders behind one door: `analytics.facade`."""
