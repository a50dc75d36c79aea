"""The two Python environments, the built web parts, and the browser for the tests."""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from rapport.checks.check import Check, fail, ok, warn
from rapport.paths import PROJECT
from rapport.settings import Settings

_ASK_RASA = (
    "import json, platform; from importlib.metadata import version; "
    "print(json.dumps([platform.python_version(), version('rasa')]))"
)
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def check_environments(settings: Settings) -> list[Check]:
    """Look at all of them."""
    return [check_python(), check_rasa(settings.rasa_python), check_web(PROJECT / "web"), check_browser()]


def check_python() -> Check:
    """The Python that runs now."""
    told = f"Python {platform.python_version()} in {sys.prefix}"
    if sys.version_info < (3, 11):
        return fail("application", told, "install Python 3.11 or newer and run `make setup`")
    return ok("application", told)


def check_rasa(python: Path) -> Check:
    """Rasa's Python and Rasa in it."""
    if not python.is_file():
        return fail("rasa", f"{python} is missing", "run `make setup`, or set RAPPORT_RASA_PYTHON")
    try:
        asked = subprocess.run(  # noqa: S603 - the path comes from the settings, no shell is involved
            [python, "-c", _ASK_RASA], capture_output=True, text=True, timeout=30, check=True
        )
        version, rasa = json.loads(asked.stdout)
    except (subprocess.SubprocessError, OSError, ValueError):
        return fail("rasa", f"{python} has no working Rasa", "remove .venv-rasa and run `make setup`")
    told = f"Rasa {rasa} on Python {version}"
    if not rasa.startswith("3.6."):
        return fail("rasa", told, "Rasa 3.6 is needed: remove .venv-rasa and run `make setup`")
    return ok("rasa", told)


def check_web(web: Path) -> Check:
    """The widget's and the console's scripts."""
    built = list((web / "dist").rglob("*.js"))
    if not built:
        return fail("web", "the widget and the console's scripts are not built", "run `make setup`")
    return ok("web", f"{len(built)} scripts in web/dist")


def check_browser() -> Check:
    """Chromium, which only the browser tests need."""
    found = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        return warn("browser", "no Chromium: browser tests will be skipped", "apt-get install chromium")
    return ok("browser", f"{found} (for the browser tests)")
