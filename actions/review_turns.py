"""A message in the middle of a review: the product, stars, words, a yes, a no, or something else altogether."""

from __future__ import annotations

import time
from dataclasses import replace

from rasa_sdk.events import EventType

from actions import order_reading as reading
from actions import review_reading, slots, wording
from actions.review_draft import ReviewDraft, draft_of, dropped
from actions.review_flow import advance, ask_product, keep_review
from actions.turn import Turn
from analytics.facade import Analytics

#: Seconds after which a draft is forgotten: she has long gone on.
FORGOTTEN_AFTER = 3600.0
#: Intents that are never the words of a review.
_REQUESTS = frozenset({"talk_to_person", "abuse", "greet", "goodbye", "ask_languages", "write_review", "affirm"})


def take_over(turn: Turn, analytics: Analytics) -> list[EventType] | None:
    """Take a message that answers our question about her review; None where none is open or she speaks of other things.

    Returns
    -------
    Events for Rasa.
    """
    draft = draft_of(turn)
    if draft is None or turn.slot(slots.OPEN_QUESTION) != slots.ASKED_REVIEW or turn.customer_id is None:
        return None
    if time.time() - draft.asked_at > FORGOTTEN_AFTER:
        return None
    if reading.calls_off(turn.text) or (turn.intent == "deny" and draft.step != "words"):
        turn.say("utter_review_dropped")
        return dropped()
    answers = {"product": _product, "stars": _stars, "words": _words, "confirm": _confirm}
    return answers[draft.step](turn, analytics, draft) if draft.step in answers else None


def _product(turn: Turn, analytics: Analytics, draft: ReviewDraft) -> list[EventType] | None:
    found = review_reading.named_in(turn.text, analytics.review_service().bought(turn.customer_id or ""))
    if not turn.text or not found or reading.is_question(turn.text):
        return None
    if len(found) > 1:
        return ask_product(turn, draft, found, "utter_review_which_of")
    chosen = replace(draft, product_id=found[0].product_id, name=wording.short_name(found[0]))
    return advance(turn, replace(chosen, stars=review_reading.stars_in(turn.text) or chosen.stars))


def _stars(turn: Turn, analytics: Analytics, draft: ReviewDraft) -> list[EventType] | None:
    del analytics
    told = with_stars(turn, draft, asked=True)
    return advance(turn, told) if told.stars else None


def _words(turn: Turn, analytics: Analytics, draft: ReviewDraft) -> list[EventType] | None:
    del analytics
    if turn.intent == "deny" or review_reading.wants_no_words(turn.text):
        return advance(turn, draft)
    if not turn.text or turn.intent in _REQUESTS or reading.is_question(turn.text):
        return None
    return advance(turn, replace(draft, text=turn.text.strip(), sentiment=turn.sentiment))


def _confirm(turn: Turn, analytics: Analytics, draft: ReviewDraft) -> list[EventType] | None:
    if turn.intent == "affirm" and not reading.takes_back(turn.text):
        return keep_review(turn, analytics, draft)
    stars = review_reading.stars_in(turn.text, asked=True)
    return advance(turn, replace(draft, stars=stars)) if stars else None


def with_stars(turn: Turn, draft: ReviewDraft, *, asked: bool) -> ReviewDraft:
    """Add the stars and the words of this message, or the stars of a quick reply."""
    mode = turn.entity(slots.MODE) or ""
    stars = review_reading.stars_in(turn.text, asked=asked) or review_reading.stars_in(mode, asked=True)
    words = review_reading.words_in(turn.text) if not asked and not draft.text else ""
    return replace(
        draft,
        stars=stars or draft.stars,
        text=words or draft.text,
        sentiment=turn.sentiment if words else draft.sentiment,
    )
