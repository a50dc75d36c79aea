"""What the wording of a response may depend on: her mood, the channel, how she shops, whether we have talked before."""

from __future__ import annotations

from contextlib import suppress

from rasa_sdk.events import EventType, SlotSet

from actions import slots
from actions.turn import UPSET_BELOW, Turn
from analytics.facade import Analytics, AnalyticsUnavailable

#: Above this sentiment (-1 angry to 1 happy) she sounds glad.
GLAD_ABOVE = 0.4


def circumstances_of(turn: Turn, analytics: Analytics) -> dict[str, str]:
    """Give the circumstances by slot; how she shops is left out where the store does not answer."""
    told = {slots.MOOD: _mood(turn.sentiment), slots.CHANNEL: turn.channel}
    if turn.customer_id is None:
        return {**told, slots.SEGMENT: "visitor", slots.HISTORY: "first"}
    with suppress(AnalyticsUnavailable):
        standing = analytics.standing(turn.customer_id)
        told |= {slots.SEGMENT: standing.segment, slots.HISTORY: standing.history}
    return told


def changed(turn: Turn, told: dict[str, str]) -> list[EventType]:
    """Give the events that keep what differs from the turn before."""
    # Each by its name: `rapport nlu check` looks for what sets a slot.
    kept = [
        SlotSet(slots.MOOD, told.get(slots.MOOD)),
        SlotSet(slots.CHANNEL, told.get(slots.CHANNEL)),
        SlotSet(slots.SEGMENT, told.get(slots.SEGMENT)),
        SlotSet(slots.HISTORY, told.get(slots.HISTORY)),
    ]
    return [event for event in kept if event["name"] in told and turn.slot(event["name"]) != event["value"]]


def _mood(sentiment: float | None) -> str:
    if sentiment is None:
        return "calm"
    return "upset" if sentiment < UPSET_BELOW else "glad" if sentiment > GLAD_ABOVE else "calm"
