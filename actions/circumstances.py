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
    kept = {name: turn.slot(name) for name in told}
    return [event for name, value in told.items() if kept[name] != value for event in _set(name, value)]


def _set(name: str, value: str) -> list[EventType]:
    # Each by its name: `rapport nlu check` looks for what sets a slot.
    setters = {
        slots.MOOD: SlotSet(slots.MOOD, value),
        slots.CHANNEL: SlotSet(slots.CHANNEL, value),
        slots.SEGMENT: SlotSet(slots.SEGMENT, value),
        slots.HISTORY: SlotSet(slots.HISTORY, value),
    }
    return [setters[name]]


def _mood(sentiment: float | None) -> str:
    if sentiment is None:
        return "calm"
    return "upset" if sentiment < UPSET_BELOW else "glad" if sentiment > GLAD_ABOVE else "calm"
