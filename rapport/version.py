"""The program's version: from pyproject.toml, so that a checkout that is not installed knows it as well."""

from __future__ import annotations

import tomllib

from rapport.paths import PROJECT


def rapport_version() -> str:
    """Give the version, such as "0.1.0"."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])
