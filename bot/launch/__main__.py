"""Rasa's command line as Rapport uses it: `python -m bot.launch train …`, `run …`, `test …`."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Sequence
from typing import Any

from bot.launch import absent, encoder
from bot.launch.arguments import LaunchError, rasa_arguments
from bot.launch.internals import PatchMismatchError


def main(arguments: Sequence[str]) -> int:
    """Prepare the process, then hand over to Rasa; gives the exit code."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    # Rasa pins SQLAlchemy 1.4 on purpose; its advice to move on helps nobody here.
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    # Hundreds of progress bars for a training of ten seconds would bury the one line that matters.
    os.environ.setdefault("TQDM_DISABLE", "1")
    _hush_deprecations()
    try:
        sys.argv = ["rasa", *rasa_arguments(arguments, os.environ)]
        encoder.choose(os.environ)
        _mend()
        _hand_over()
    except (LaunchError, PatchMismatchError, absent.AbsentLibraryError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _hush_deprecations() -> None:
    """Show no DeprecationWarning: Rasa and what it is pinned to are frozen, and nobody here can heed the advice.

    A filter would not last: libraries that Rasa imports put their own in front of it.
    """
    show = warnings.showwarning

    def show_others(message: Warning | str, category: type[Warning], *place: Any, **more: Any) -> None:
        if not issubclass(category, DeprecationWarning):
            show(message, category, *place, **more)

    warnings.showwarning = show_others


def _mend() -> None:
    absent.install()
    from bot.launch.patches import apply_all  # noqa: PLC0415  Rasa can be imported only now

    apply_all()


def _hand_over() -> None:
    from rasa.__main__ import main as rasa_main  # noqa: PLC0415

    rasa_main()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
