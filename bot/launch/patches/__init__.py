"""Rasa's hot spots and silent failures, mended one by one; each file says why.

Imported only after `bot.launch.absent.install()`: the patches import Rasa, and Rasa needs the stand-ins.
"""

from __future__ import annotations

from bot.launch.patches import (
    action_failures,
    action_validator,
    event_types,
    graph_runner,
    kept_sessions,
    light_components,
    settled_memory,
    slim_calls,
    store_failures,
)

ALL = (
    action_validator,
    event_types,
    graph_runner,
    kept_sessions,
    action_failures,
    store_failures,
    light_components,
    slim_calls,
    settled_memory,
)


def apply_all() -> None:
    """Apply every patch once, before any of Rasa's objects is made.

    Raises
    ------
    PatchMismatchError : Rasa's code is not what a patch expects.
    """
    for patch in ALL:
        patch.apply()
