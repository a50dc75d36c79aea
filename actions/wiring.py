"""Where the actions get their door into analytics: given once by the process, asked for lazily by each action."""

from __future__ import annotations

from analytics.facade import Analytics


class NotConfiguredError(RuntimeError):
    """The actions were not given their analytics: call `actions.wiring.configure(analytics)` before serving."""

    def __init__(self) -> None:
        super().__init__("Actions have no analytics: call actions.wiring.configure(analytics) before serving.")


_door: list[Analytics] = []


def configure(analytics: Analytics) -> None:
    """Give the actions of this process their analytics; a later call replaces the earlier."""
    _door[:] = [analytics]


def analytics() -> Analytics:
    """Give the analytics of this process.

    Raises
    ------
    NotConfiguredError : `configure` was not called.
    """
    if not _door:
        raise NotConfiguredError
    return _door[0]
