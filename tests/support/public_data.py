"""Where the public data sets lie, which no test needs to have: `needs("tau_retail")` skips with a clear word."""

from __future__ import annotations

import pytest

from rapport.paths import PROJECT

FOLDER = PROJECT.parent / "shared" / "data"


def needs(name: str) -> pytest.MarkDecorator:
    """Skip where a set is absent."""
    return pytest.mark.skipif(not (FOLDER / name).is_dir(), reason=f"data absent: {name} is not beside the project")
