"""Fakes and builders the tiers share."""
