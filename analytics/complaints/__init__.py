"""Complaints on our own store, and what the shop's policy grants for them."""
