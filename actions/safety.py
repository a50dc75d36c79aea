"""The warning to somebody who wrote down a card number or a password: it was removed, and nobody here asks for one."""

from __future__ import annotations

from actions.turn import Turn
from language.redaction import CARD, IBAN, SECRET

#: What is said of each thing that was taken out of the message; one warning is enough.
_WARNINGS = {SECRET: "utter_safety_password", CARD: "utter_safety_card", IBAN: "utter_safety_account"}


def warn_of_secrets(turn: Turn) -> None:
    """Warn where something was taken out of this message before it was stored."""
    warning = next((response for mark, response in _WARNINGS.items() if mark in turn.text), None)
    if warning:
        turn.say(warning)
