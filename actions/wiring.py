"""Where the actions get their door into analytics: given once by the process, asked for lazily by each action."""

from __future__ import annotations

from contextlib import suppress

from analytics.facade import Analytics, AnalyticsUnavailable


class NotConfiguredError(RuntimeError):
    """The actions were not given their analytics: call `actions.wiring.configure(analytics)` before serving."""

    def __init__(self) -> None:
        super().__init__("Actions have no analytics: call actions.wiring.configure(analytics) before serving.")


_door: list[Analytics] = []
_zone: list[str] = []


def configure(analytics: Analytics) -> None:
    """Give the actions of this process their analytics; a later call replaces the earlier."""
    _door[:], _zone[:] = [analytics], []


def timezone() -> str:
    """Give the IANA name of the shop's zone, looked up once; UTC while the shop can't be asked."""
    if not _zone:
        with suppress(AnalyticsUnavailable):
            _zone[:] = [analytics().shop().timezone]
    return _zone[0] if _zone else "UTC"


def analytics() -> Analytics:
    """Give the analytics of this process.

    Raises
    ------
    NotConfiguredError : `configure` was not called.
    """
    if not _door:
        raise NotConfiguredError
    return _door[0]
