"""The built web parts, for tests that need them."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapport.paths import PROJECT

DIST = PROJECT / "web" / "dist"


def web_part(name: str) -> Path:
    """Give a built file; skips where it was not built."""
    file = DIST / name
    if not file.exists():
        pytest.skip("the web parts are not built (make setup)")
    return file
