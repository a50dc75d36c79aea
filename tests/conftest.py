"""The order of the tiers, and which tests stay together where several processes share them (`make test`)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.databases import drop_kept_databases

TIERS = ("unit", "contracts", "integration", "quality", "conversations", "reliability", "browser")
#: Groups that take minutes. All dialogues talk to one Rasa, which is started, and its model trained, once; the demo
#: begins beside them, and finds that model when it has imported its shop.
DIALOGUES = "dialogues"
LONGEST = (DIALOGUES, "reliability/test_whole_house.py")
_TESTS = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort by tier, what is quick and finds most first, and group.

    The browser has to be last: Playwright's synchronous driver keeps an event loop running in the main thread until
    the session ends, and no asynchronous test can run beside it.

    Where several processes take one group after the other, the longest begin, so that none is left over at the end.
    """
    items.sort(key=_order)
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=_longest_first)
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))


def pytest_sessionfinish() -> None:
    """Leave no database behind."""
    drop_kept_databases()


def _order(item: pytest.Item) -> int:
    return TIERS.index(_tier(item))


def _longest_first(item: pytest.Item) -> int:
    group = _group(item)
    return LONGEST.index(group) if group in LONGEST else len(LONGEST)


def _tier(item: pytest.Item) -> str:
    return item.path.relative_to(_TESTS).parts[0]


def _group(item: pytest.Item) -> str:
    """Name the tests that one process runs, one after the other: a file's, but for what is dear to start."""
    if _tier(item) == "conversations":
        return DIALOGUES
    if item.path.name.startswith("test_rasa_"):
        return "tiny Rasa"
    if "spark" in getattr(item, "fixturenames", ()):
        return "spark"
    return str(item.path.relative_to(_TESTS))
