"""What holds for all tiers: their order, who shares them, and that nothing is left behind."""

from __future__ import annotations

from tests.support.databases import drop_kept_databases
from tests.support.sharing import pytest_collection_modifyitems, pytest_xdist_make_scheduler

__all__ = ["pytest_collection_modifyitems", "pytest_sessionfinish", "pytest_xdist_make_scheduler"]


def pytest_sessionfinish() -> None:
    """Leave no database behind."""
    drop_kept_databases()
