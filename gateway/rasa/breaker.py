"""A circuit breaker: whoever just failed three times is left alone for a while, then asked once."""

from __future__ import annotations

import time
from collections.abc import Callable

from gateway.rasa.failures import RasaAwayError


class Breaker:
    """Counts failures in a row; while open, nobody is let through; then one probe decides.

    Parameters
    ----------
    threshold : failures in a row that open it.
    first_pause, longest_pause : seconds until a probe is let through; doubles with every failed probe.
    clock : seconds, growing.
    on_recovery : called when a success closes it again.
    """

    def __init__(
        self,
        *,
        threshold: int = 3,
        first_pause: float = 0.5,
        longest_pause: float = 5.0,
        clock: Callable[[], float] = time.monotonic,
        on_recovery: Callable[[], None] = lambda: None,
    ) -> None:
        self._threshold = threshold
        self._first_pause = first_pause
        self._longest_pause = longest_pause
        self._clock = clock
        self.on_recovery = on_recovery
        self._failures = 0
        self._pause = first_pause
        self._probe_at = 0.0
        self._probing = False

    @property
    def is_open(self) -> bool:
        """Whether the other side is known to be away."""
        return self._failures >= self._threshold

    def admit(self) -> None:
        """Let a call through, or not.

        Raises
        ------
        RasaAwayError
            It is open and not yet time for a probe, or a probe is under way.
        """
        if not self.is_open:
            return
        if self._probing or self._clock() < self._probe_at:
            raise RasaAwayError("it failed several times in a row and is left alone for a moment")
        self._probing = True

    def succeeded(self) -> None:
        """Note an answer: everybody is let through again."""
        was_open = self.is_open
        self._failures = 0
        self._pause = self._first_pause
        self._probing = False
        if was_open:
            self.on_recovery()

    def failed(self) -> None:
        """Note a failure; a failed probe doubles the pause."""
        was_open = self.is_open
        self._failures += 1
        self._probing = False
        if was_open:
            self._pause = min(2 * self._pause, self._longest_pause)
        if self.is_open:
            self._probe_at = self._clock() + self._pause

    def abandoned(self) -> None:
        """Note a call that was given up on our side: it says nothing about the other."""
        self._probing = False
