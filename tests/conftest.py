"""The order of the tiers: what is quick and finds most comes first, the browser last."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.databases import drop_kept_databases

TIERS = ("unit", "contracts", "integration", "quality", "conversations", "reliability", "browser")
_TESTS = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort by tier.

    The browser has to be last: Playwright's synchronous driver keeps an event loop running in the main thread until
    the session ends, and no asynchronous test can run beside it.
    """
    items.sort(key=lambda item: TIERS.index(item.path.relative_to(_TESTS).parts[0]))


def pytest_sessionfinish() -> None:
    """Leave no database behind."""
    drop_kept_databases()
