"""What is to be said beside the figures, in plain words."""

from __future__ import annotations

from analytics.segment_records import Candidate
from analytics.segmentation.choosing import FEWEST_TO_MEASURE, Choice

_WHY_SPACE = {
    "aspects": "Segments rest on recency and on what customers buy, with figures that say the same taken together.",
    "habits": "Segments rest on recency, orders and money, and quieter on the habits beside them.",
    "learned": "Segments rest on what a small network learned of all figures; its axes have no names.",
    "rfm": "Segments rest on recency, orders and money alone: the habits told nobody apart, or not steadily.",
    "log": "Segments rest on logarithms of recency, orders and money: no other way counted.",
}


def notes_on(choice: Choice, customers: int) -> tuple[str, ...]:
    """Say what the segments rest on, how clear they are, and what a higher silhouette would have meant."""
    if not choice.candidates:
        return (
            f"{customers:,} customers are too few to measure segments (from {FEWEST_TO_MEASURE} on); "
            "the RFM classes tell them apart all the same.",
        )
    notes = [_WHY_SPACE[choice.space.name]]
    chosen = next((one for one in choice.candidates if one.chosen), None)
    if chosen is not None:
        notes.append(_clear(chosen))
        if chosen.score is None:
            notes.append("No way to find segments was clear and stable; these are the steadiest there are.")
    notes += [_hidden(one) for one in choice.candidates if one.note]
    return tuple(notes)


def _clear(chosen: Candidate) -> str:
    text = f"Silhouette {chosen.silhouette:.2f} in their own space, {chosen.silhouette_rfm:.2f} by places of recency, "
    text += "orders and money: customers are a continuum, and segments lie next to each other in it."
    if chosen.stability is not None:
        text += f" Found again from other samples of the same customers, they agree to {chosen.stability:.2f} (of 1)."
    if chosen.spread is not None:
        text += f" The segments of an earlier moment explain {chosen.spread:.0%} of what was spent later."
    return text


def _hidden(one: Candidate) -> str:
    return f"{one.k} groups of {one.space} figures have a silhouette of {one.silhouette:.2f}, but {one.note}."
