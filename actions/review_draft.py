"""A review on its way from the first word to the yes: kept in a slot from one message to the next."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from rasa_sdk.events import EventType, SlotSet

from actions import slots
from actions.turn import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDraft:
    """What she has said of it so far."""

    #: Under which it is kept: of the message that began it, so that a yes taken twice writes once.
    key: str
    #: What we asked last: "product", "stars", "words" or "confirm"; empty at the start.
    step: str = ""
    product_id: str = ""
    #: Ids of the products she was asked to choose from, in their order: what "the first one" means.
    choices: tuple[str, ...] = ()
    #: How the product is spoken of.
    name: str = ""
    #: 1 to 5; 0 while she has not said.
    stars: int = 0
    text: str = ""
    #: Of the message with her words, -1 to 1.
    sentiment: float | None = None
    #: Whether she was asked for words: then she may leave them out.
    asked_words: bool = False
    #: How often we came back to it after she had spoken of something else.
    reminders: int = 0
    #: Seconds since 1970 when we asked last.
    asked_at: float = 0.0


def draft_of(turn: Turn) -> ReviewDraft | None:
    """Give the review she is writing, None where there is none."""
    kept_before = turn.slot(slots.REVIEW_DRAFT)
    return ReviewDraft(**kept_before) if isinstance(kept_before, Mapping) else None


def begun(turn: Turn) -> ReviewDraft:
    """Begin a review with the present message."""
    return ReviewDraft(key=turn.key("review"))


def kept(draft: ReviewDraft, step: str) -> list[EventType]:
    """Keep the draft, and know that the next message may answer `step`."""
    asked = replace(draft, step=step, asked_at=time.time())
    return [SlotSet(slots.REVIEW_DRAFT, asdict(asked)), SlotSet(slots.OPEN_QUESTION, slots.ASKED_REVIEW)]


def dropped() -> list[EventType]:
    """Forget the draft."""
    return [SlotSet(slots.REVIEW_DRAFT, None), SlotSet(slots.OPEN_QUESTION, None)]
