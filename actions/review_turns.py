"""A message in the middle of a review: the product, stars, words, a yes, a no, or something else altogether."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet

from actions import order_reading as reading
from actions import review_reading, slots, wording
from actions.pointing import Shown, by_order
from actions.review_draft import ReviewDraft, draft_of, dropped
from actions.review_flow import advance, ask_product, keep_review
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.records import Product

#: Seconds after which a draft is forgotten: she has long gone on.
FORGOTTEN_AFTER = 3600.0
#: Intents in which a bare name may be read as the product we asked for.
_BARE_NAMES = frozenset({"nlu_fallback", "out_of_scope", "search_product", "product_details"})
#: Words of a review at least, where the message reads like thanks.
_FEWEST_WORDS = 4
#: Intents that are never the words of a review.
_REQUESTS = frozenset({"talk_to_person", "abuse", "greet", "goodbye", "ask_languages", "write_review", "affirm"})

#: What ends or passes by a review, and names no product.
_NO_ANSWERS = frozenset({"thank", "goodbye", "greet"})


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


def come_back(turn: Turn, analytics: Analytics, events: list[EventType]) -> list[EventType]:
    """After something else was answered, come back to her review once, unless she is upset or leaves."""
    draft = draft_of(turn)
    if draft is None or turn.slot(slots.OPEN_QUESTION) != slots.ASKED_REVIEW:
        return []
    if any(event.get("name") == slots.REVIEW_DRAFT for event in events):
        return []
    asked = any(event.get("name") == slots.OPEN_QUESTION and event.get("value") for event in events)
    if draft.reminders or asked or turn.is_upset or turn.hands_over or turn.intent == "goodbye":
        return [SlotSet(slots.REVIEW_DRAFT, None)]
    turn.say("utter_review_back")
    again = replace(draft, reminders=1, asked_words=draft.asked_words and draft.step != "words")
    if draft.step == "product":
        return ask_product(turn, again, analytics.review_service().bought(turn.customer_id or ""), "utter_review_which")
    return advance(turn, again)


def _product(turn: Turn, analytics: Analytics, draft: ReviewDraft) -> list[EventType] | None:
    bought = analytics.review_service().bought(turn.customer_id or "")
    found = _pointed_at(turn.text, draft, bought) or review_reading.named_in(turn.text, bought)
    if not turn.text or reading.is_question(turn.text) or turn.intent in _NO_ANSWERS:
        return None
    if not found:
        named = turn.intent in _BARE_NAMES
        return ask_product(turn, draft, bought, "utter_review_not_found") if named else None
    if len(found) > 1:
        return ask_product(turn, draft, found, "utter_review_which_of")
    chosen = replace(draft, product_id=found[0].product_id, name=wording.short_name(found[0]))
    return advance(turn, replace(chosen, stars=review_reading.stars_in(turn.text) or chosen.stars))


def _pointed_at(text: str, draft: ReviewDraft, bought: Sequence[Product]) -> list[Product]:
    """Give the one of our choices that she means by its place: "the first one"."""
    shown = [Shown(product_id, "") for product_id in draft.choices]
    known = {product.product_id: product for product in bought}
    pointed = by_order(text, shown)
    return [known[one.product_id] for one in pointed if one.product_id in known] if len(pointed) == 1 else []


def _stars(turn: Turn, analytics: Analytics, draft: ReviewDraft) -> list[EventType] | None:
    del analytics
    told = with_stars(turn, draft, asked=True)
    return advance(turn, told) if told.stars else None


def _words(turn: Turn, analytics: Analytics, draft: ReviewDraft) -> list[EventType] | None:
    del analytics
    if turn.intent == "deny" or review_reading.wants_no_words(turn.text):
        return advance(turn, draft)
    short = turn.intent == "thank" and len(turn.text.split()) < _FEWEST_WORDS
    if not turn.text or short or turn.intent in _REQUESTS or reading.is_question(turn.text):
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
