"""How long to try for one message: when to ask again, when to tell her, when to give up. No waiting is done here."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from gateway.rasa.failures import BadAnswerError, RasaFailureError

_FIRST_PAUSE = 0.25
#: Bad answers to the same message, with Rasa well otherwise: the message itself is what it can't take.
_MOST_BAD_ANSWERS = 8
#: Share of the deadline kept for telling her; an attempt shorter than this would only time out.
_MARGIN = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Durations in seconds; see `GatewayConfig` for each."""

    turn_deadline: float
    outage_patience: float
    longest_backoff: float
    give_up_after: float


class Attempts:
    """The attempts at one message since it came to the head of its conversation.

    Parameters
    ----------
    patience : how long everything may take.
    told : whether she was told of the trouble already.
    asks_for_person : she pressed "Talk to a person": the first failure ends it.
    age : seconds since the message was committed.
    """

    def __init__(
        self,
        patience: Patience,
        *,
        told: bool,
        asks_for_person: bool,
        age: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._patience = patience
        self._clock = clock
        self._began = clock()
        self._give_up_at = self._began + patience.give_up_after - age
        self._failures = 0
        self._bad_answers = 0
        self._asks_for_person = asks_for_person
        self.told = told

    def timeout(self) -> float:
        """Seconds the next attempt may take."""
        if self.told:
            return self._patience.turn_deadline
        if self._asks_for_person:
            return min(self._patience.outage_patience, self._until_deadline())
        return self._until_deadline()

    def tell_now(self, bot_is_away: bool) -> bool:
        """Whether she should hear of the trouble now."""
        if self.told or self._failures == 0:
            return False
        return self._until_telling(bot_is_away) <= _MARGIN * self._patience.turn_deadline

    def note(self, failure: RasaFailureError) -> None:
        """Count a failed attempt."""
        self._failures += 1
        if isinstance(failure, BadAnswerError):
            self._bad_answers += 1

    def is_hopeless(self) -> bool:
        """Whether to give the message up."""
        return self._bad_answers >= _MOST_BAD_ANSWERS or self._clock() >= self._give_up_at

    def pause(self, bot_is_away: bool) -> float:
        """Seconds until the next attempt: doubling, jittered, and never past the moment she is to be told."""
        doubled = _FIRST_PAUSE * 2.0 ** min(self._failures - 1, 16)
        pause = min(doubled, self._patience.longest_backoff) * random.uniform(0.8, 1.0)
        return pause if self.told else max(0.0, min(pause, self._until_telling(bot_is_away)))

    def _until_deadline(self) -> float:
        """Seconds until the deadline, less what telling her takes."""
        deadline = self._patience.turn_deadline * (1 - _MARGIN)
        return max(_MARGIN * self._patience.turn_deadline, self._began + deadline - self._clock())

    def _until_telling(self, bot_is_away: bool) -> float:
        wait = self._patience.turn_deadline * (1 - _MARGIN)
        if bot_is_away:
            wait = min(wait, self._patience.outage_patience)
        return self._began + wait - self._clock()
