"""Accessibility as axe judges it: WCAG 2.2 AA and its best practices, what may be pressed large enough to hit."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    # What passes need not be told node by node.
    "resultTypes": ["violations"],
}


def expect_no_axe_violation(page: Page) -> None:
    """Fail with every violation's rule and places."""
    found = Axe().run(page, options=_RULES).response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []
