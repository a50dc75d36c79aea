"""Let a failed tracker store fail the turn.

Rasa wraps every tracker store: a failed read becomes an empty conversation, a failed write goes to memory, and both
answer 200. Without the wrapper the error reaches the channel, which answers 500, and the gateway tries again.
"""

from __future__ import annotations

from typing import Any

from rasa.core.agent import Agent
from rasa.core.tracker_store import InMemoryTrackerStore

from bot.launch.internals import expect


def apply() -> None:
    """Replace `Agent._create_tracker_store` by one that gives the store as it is."""
    expect(Agent, "_create_tracker_store", "97499b594b45")

    def create(store: Any, domain: Any) -> Any:
        if store is None:
            return InMemoryTrackerStore(domain)
        store.domain = domain
        return store

    Agent._create_tracker_store = staticmethod(create)
