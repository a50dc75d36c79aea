"""Find an event's class by its name in a dictionary.

Rasa walks the whole tree of event classes for every event it reads, many times a turn.
"""

from __future__ import annotations

from typing import Any

from rasa.shared.core.events import Event

from bot.launch.internals import expect


def apply() -> None:
    """Replace `Event.resolve_by_type`; a name that is not known yet takes Rasa's own way and is remembered."""
    walk = expect(Event, "resolve_by_type", "b5cf570fa7f2")
    known: dict[str, Any] = {}

    def resolve(type_name: str, default: Any = None) -> Any:
        found = known.get(type_name)
        if found is None:
            found = walk(type_name, default)
            if found is not None and found is not default:
                known[type_name] = found
        return found

    Event.resolve_by_type = staticmethod(resolve)
