"""What is still asked before a review is kept: the product, the stars, the words, and at last the yes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk.events import EventType

from actions import wording
from actions.review_draft import ReviewDraft, dropped, kept
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.records import Product

#: Stars up to which a review is met with sympathy and help.
LOW_STARS = 2
#: Products offered as quick replies, and the letters of one's title.
_MOST_CHOICES, _LONGEST_TITLE = 4, 24


def ask_product(turn: Turn, draft: ReviewDraft, choices: Sequence[Product], response: str) -> list[EventType]:
    """Ask which of the things she bought is meant."""
    turn.say(response)
    for product in choices[:_MOST_CHOICES]:
        turn.say(
            "utter_review_choice",
            title=wording.short_name(product)[:_LONGEST_TITLE],
            product_key=json.dumps(product.product_id),
        )
    return kept(replace(draft, choices=tuple(one.product_id for one in choices[:_MOST_CHOICES])), "product")


def advance(turn: Turn, draft: ReviewDraft) -> list[EventType]:
    """Ask for what is missing next, or for the yes."""
    if not draft.stars:
        turn.say("utter_review_stars", product=draft.name)
        turn.say("utter_review_star_choices")
        return kept(draft, "stars")
    if not draft.text and not draft.asked_words:
        turn.say("utter_review_words", product=draft.name, stars=_stars(draft))
        return kept(replace(draft, asked_words=True), "words")
    response = "utter_review_confirm" if draft.text else "utter_review_confirm_stars"
    turn.say(response, product=draft.name, stars=_stars(draft), words=draft.text)
    return kept(draft, "confirm")


def keep_review(turn: Turn, analytics: Analytics, draft: ReviewDraft) -> list[EventType]:
    """Keep the review she has said yes to."""
    written = turn.customer_id is not None and analytics.review_service().write(
        turn.customer_id,
        draft.product_id,
        stars=draft.stars,
        text=draft.text,
        sentiment=draft.sentiment,
        key=draft.key,
    )
    if not written:
        turn.say("utter_review_not_bought")
    else:
        turn.say("utter_review_kept_low" if draft.stars <= LOW_STARS else "utter_review_kept", product=draft.name)
    return dropped()


def _stars(draft: ReviewDraft) -> str:
    return "★" * draft.stars + "☆" * (5 - draft.stars)
