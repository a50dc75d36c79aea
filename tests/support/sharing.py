"""The order of the tiers, and which tests stay together where several processes share them (`make test`).

The groups are made here, from a test's path: pytest-xdist's own mark writes the group behind the test's id, which
pytest 9 does not let it, and then takes every test by itself, and starts everything dear in every process.
"""

from __future__ import annotations

import os
from typing import Any

import pytest

TIERS = ("unit", "contracts", "integration", "quality", "conversations", "reliability", "browser")
#: What one process runs, one after the other, by how its files begin; all else stays together by file. The longest
#: begin. All dialogues talk to one Rasa, which is started, and its model trained, once; the demo begins beside them,
#: and finds that model when it has imported its shop.
GROUPS = {
    "dialogues": ("conversations/",),
    "demo": ("reliability/test_whole_house.py",),
    "Spark": (
        "integration/test_factors_by_spark.py",
        "integration/test_segments_on_spark.py",
        "integration/test_features_engines.py",
    ),
    "tiny Rasa": ("integration/test_rasa_",),
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort by tier, what is quick and finds most first; where several processes share, the longest groups first.

    The browser has to be last: Playwright's synchronous driver keeps an event loop running in the main thread until
    the session ends, and no asynchronous test can run beside it.
    """
    items.sort(key=lambda item: TIERS.index(_within_tests(item.nodeid).partition("/")[0]))
    if "PYTEST_XDIST_WORKER" in os.environ:
        names = [*GROUPS]
        items.sort(key=lambda item: names.index(group) if (group := group_of(item.nodeid)) in GROUPS else len(names))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Hand the tests out by group, in the order above."""
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415  (it may be switched off)

    class ByGroup(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group_of(nodeid)

    config.option.loadscopereorder = False
    return ByGroup(config, log)


def group_of(nodeid: str) -> str:
    """Give the group of a test: one of `GROUPS`, or its file."""
    path = _within_tests(nodeid).partition("::")[0]
    return next((name for name, begins in GROUPS.items() if path.startswith(begins)), path)


def _within_tests(nodeid: str) -> str:
    return nodeid.removeprefix("tests/")
