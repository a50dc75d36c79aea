"""Getting to know a newcomer: one or two questions with answers to press, each asked once, and never pressed for."""

from __future__ import annotations

import json
import re

from rasa_sdk.events import EventType, SlotSet

from actions import order_reading as reading
from actions import slots
from actions.moment import wanting
from actions.pointing import words_of
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.recommendation_records import TasteQuestion

#: Intents in which an answer may be read that names a shelf or a product.
_ANSWERS = frozenset(
    {"nlu_fallback", "out_of_scope", "search_product", "recommend", "state_preference", "product_details", "affirm"}
)
_QUESTIONS = {"department": "utter_taste_department", "category": "utter_taste_category"}
_ANY = re.compile(
    r"\b(?:any(?:thing)?|whatever|don'?t (?:know|care|mind)|no idea|surprise|skip|just show|not sure|both|all)\b", re.I
)
_LEAD = re.compile(
    r"^(?:(?:for|i'?m|i am|looking|just|some|something|the|my|a|an|maybe|perhaps|i need|i want|mostly)\s+)+", re.I
)
#: A longer message is no answer to such a question.
_WORDS_AT_MOST = 6


def ask(turn: Turn, analytics: Analytics, wanted: tuple[str, ...] = ()) -> list[EventType] | None:
    """Ask the next question; None where there is none left for her, or something she wants is known without.

    Parameters
    ----------
    wanted : what she has just answered; a question about what of it she likes may follow.
    """
    asked = turn.slot_list(slots.TASTE_ASKED)
    if turn.is_upset or (not wanted and (asked or turn.slot_list(slots.WANTED) or turn.slot_list(slots.LOOKED_AT))):
        return None
    questions = analytics.taste_questions(turn.customer_id, wanted)
    left = [one for one in questions if one.kind not in asked and (one.about or not wanted)]
    if not left:
        return None
    _say(turn, left[0])
    return [SlotSet(slots.TASTE_ASKED, [*asked, left[0].kind]), SlotSet(slots.OPEN_QUESTION, slots.ASKED_TASTE)]


def answer_in(turn: Turn, analytics: Analytics) -> str | None:
    """Give her answer to the open question: words to look for, empty where she has none; None where it is no answer."""
    pressed = turn.entity(slots.CHOICE)
    if pressed and turn.intent == "recommend":
        return pressed
    if turn.slot(slots.OPEN_QUESTION) != slots.ASKED_TASTE or turn.is_upset:
        return None
    if turn.entity(slots.MODE) == "skip" or turn.intent == "deny" or _ANY.search(turn.text):
        return ""
    return _named(turn, analytics) if turn.text and turn.intent in _ANSWERS else None


def _named(turn: Turn, analytics: Analytics) -> str | None:
    if reading.is_question(turn.text) or len(turn.text.split()) > _WORDS_AT_MOST:
        return None
    said = set(words_of(turn.text))
    offered = [one.wanted for question in analytics.taste_questions(turn.customer_id) for one in question.answers]
    meant = next((one for one in offered if said & set(words_of(one))), None)
    if meant is not None:
        return meant
    words = turn.entity(slots.PRODUCT_QUERY) or _LEAD.sub("", turn.text.strip(" .!"))
    return words if analytics.search_products(words, limit=1) else None


def answered(turn: Turn, words: str) -> list[EventType]:
    """Keep her answer."""
    return [wanting(turn, words)] if words else []


def _say(turn: Turn, question: TasteQuestion) -> None:
    turn.say(_QUESTIONS[question.kind], about=question.about or "")
    for answer in question.answers:
        turn.say("utter_taste_choice", title=answer.title, choice_key=json.dumps(answer.wanted))
    turn.say("utter_taste_skip")
