"""Measured promises: each file one benchmark, run by `rapport bench NAME --json`."""
