"""The ways a turn in Rasa fails.

RasaFailureError
├── RasaAwayError      no connection, no answer in time, not ready: it may or may not have run; ask again later
├── ActionFailedError  Rasa is well, the action server is not: ask again later
└── BadAnswerError     it answered, and the answer is of no use: ask again a few times only
"""

from __future__ import annotations


class RasaFailureError(Exception):
    """A turn has no usable answer. The message says why, in one clause and without a customer's words."""


class RasaAwayError(RasaFailureError):
    """Rasa gave no answer: refused, dropped, too slow, or held back because it just failed several times."""


class ActionFailedError(RasaFailureError):
    """Rasa could not finish the turn because an action failed."""


class BadAnswerError(RasaFailureError):
    """Rasa's answer is not what the contract says: wrong shape, empty, too long, another message's."""
