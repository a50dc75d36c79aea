"""The web parts' own checks: types, unit tests on Node, the widget's size, a lock file that names no registry."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.web_parts import web_part

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"
#: Where the set-up puts Node if the machine has none.
SEARCH = f"{ROOT / 'var' / 'node-bin'}{os.pathsep}{os.environ.get('PATH', '')}"

needs_node = pytest.mark.skipif(
    shutil.which("node", path=SEARCH) is None or not (WEB / "node_modules").is_dir(),
    reason="no Node, or the web parts were never installed (make setup)",
)


def npm(*arguments: str) -> None:
    """Run npm in web/; its output is the message of a failure."""
    run = subprocess.run(
        [str(shutil.which("npm", path=SEARCH)), *arguments],
        cwd=WEB, env={**os.environ, "PATH": SEARCH}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr


@needs_node
def test_types_hold() -> None:
    npm("run", "--silent", "check")


@needs_node
def test_unit_tests_of_widget_and_scorer_pass() -> None:
    npm("test", "--silent")


@pytest.mark.parametrize(
    ("name", "kilobytes"), [("widget.js", 30), ("shop.js", 6), ("device.js", 3), ("console.js", 30)]
)
def test_scripts_stay_small(name: str, kilobytes: int) -> None:
    assert len(gzip.compress(web_part(name).read_bytes())) <= kilobytes * 1024


def test_the_lock_file_pins_contents_but_names_no_registry() -> None:
    packages = json.loads((WEB / "package-lock.json").read_text())["packages"]
    installed = {path: entry for path, entry in packages.items() if path}
    assert [path for path, entry in installed.items() if "resolved" in entry] == []
    assert [path for path, entry in installed.items() if "integrity" not in entry] == []
    assert [
        path for path, entry in installed.items() if entry.get("hasInstallScript") and path != "node_modules/esbuild"
    ] == []


def test_every_attribute_and_event_of_the_widget_is_documented() -> None:
    reference = (ROOT / "docs" / "reference" / "widget.md").read_text()
    core = WEB / "widget" / "src" / "core"
    settings = set(re.findall(r"`(data-[a-z]+)`", (core / "settings.ts").read_text())) - {"data-rapport"}
    details = (core / "events.ts").read_text().partition("interface EventDetails {")[2].partition("}\n\n")[0]
    events = set(re.findall(r"^  (\w+):", details, re.MULTILINE))
    assert settings == set(re.findall(r"`(data-[a-z]+)`", reference)) - {"data-rapport"}
    assert len(events) == 8
    assert [event for event in sorted(events) if f"`{event}`" not in reference] == []
