"""Accounts, consents and data requests on our own store."""
