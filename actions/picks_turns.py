"""A message about recommendations whatever intent was read in it: an answer to our question, a thing shown again."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions.less_flow import bring_back
from actions.picks_flow import show_for_answer
from actions.taste_flow import answer_in
from actions.turn import Turn
from analytics.facade import Analytics


def take_over(turn: Turn, analytics: Analytics) -> list[EventType] | None:
    """Take a newcomer's answer, or what she wants to see again; None where the message is neither."""
    answer = answer_in(turn, analytics)
    if answer is not None:
        return show_for_answer(turn, analytics, answer)
    return bring_back(turn, analytics)
