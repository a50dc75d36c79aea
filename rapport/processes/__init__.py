"""Composition roots, one per process: the only modules that know concrete classes (see docs/decisions)."""
