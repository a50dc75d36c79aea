"""CDNOW for tests, where the package that carries its file is installed."""

from __future__ import annotations

import pytest

from benchmarks.predict_cdnow import cdnow_file

needs_cdnow = pytest.mark.skipif(cdnow_file() is None, reason="data absent: CDNOW is in the package lifetimes")
