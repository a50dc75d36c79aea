"""Where the project lies: settings that are relative paths start here, whatever the working directory is."""

from __future__ import annotations

from pathlib import Path

#: The folder that holds `config.yml`, `bot/`, `rapport/` and the rest.
PROJECT = Path(__file__).resolve().parents[1]


def in_project(path: Path) -> Path:
    """Give an absolute path; a relative one is taken from the project's folder."""
    return path if path.is_absolute() else PROJECT / path
