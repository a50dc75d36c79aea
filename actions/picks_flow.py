"""The lists of recommendations in the chat: which mode, which words before them, and what is kept of them."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet

from actions import slots, taste_flow
from actions.cards import show_recommendations
from actions.moment import mode_shown, moment_of, shown_before, wanting
from actions.recommend_reading import Asked
from actions.refusals import refused_products
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.recommendation_records import Mode
from analytics.records import Recommendation

PICKS = 3
#: After one of these, "recommend me something" asks for other products than those just seen.
ABOUT_PICKS = frozenset(
    {"action_recommend", "action_explain_recommendation", "action_refuse_recommendation", "action_affirm"}
)
_MODES: dict[Asked, Mode] = {"buy_again": "buy_again", "new": "new", "mailing": "campaign", "popular": "popular"}

#: What is said before a list of these modes, whoever asks.
_OWN_WORDS: dict[Mode, str] = {
    "buy_again": "utter_recommend_again", "new": "utter_recommend_new", "campaign": "utter_recommend_mailing",
    "popular": "utter_recommend_bestsellers",
}  # fmt: skip

#: Reasons out of what she looks at and has on her list: then we know something of a visitor.
_OF_THE_MOMENT = frozenset({"like_viewed", "goes_with"})


def show_picks(turn: Turn, analytics: Analytics, asked: Asked) -> list[EventType]:
    """Show what suits her in the mode she asks for; where there is nothing in it, say why and show what there is."""
    mode = mode_shown(turn) if asked == "more" else _MODES.get(asked, "for_you")
    if mode == "new" and turn.customer_id is None:
        mode = "for_you"  # to a visitor everything is new
    seen = _seen(turn, asked)
    picks = _picks(turn, analytics, mode, seen)
    if mode == "buy_again" and not picks:
        turn.say(_nothing_to_buy_again(turn, analytics, seen))
        picks, mode = _picks(turn, analytics, "for_you", seen), "for_you"
        return show(turn, analytics, picks, "utter_recommend_rather", mode)
    return show(turn, analytics, picks, _words_for(turn, analytics, mode, seen, picks), mode)


def show_for_answer(turn: Turn, analytics: Analytics, words: str) -> list[EventType]:
    """Go on after a newcomer's answer: what of it she likes, once, else picks for all she has answered."""
    kept: list[EventType] = []
    wanted = turn.slot_list(slots.WANTED)
    if words:
        question = taste_flow.ask(turn, analytics, (words,))
        kept = [wanting(turn, words)]
        if question is not None:
            return [*kept, *question]
        wanted = [*wanted, words]
    context = replace(moment_of(turn, analytics), wanted=tuple(wanted))
    picks = analytics.recommend(turn.customer_id, context, limit=PICKS, exclude=refused_products(turn, analytics))
    return [*kept, *show(turn, analytics, picks, "utter_recommend_answered" if wanted else "utter_recommend_popular")]


def show(
    turn: Turn, analytics: Analytics, picks: list[Recommendation], response: str, mode: Mode = "for_you", **facts: str
) -> list[EventType]:
    """Show picks after the words for them, and write the decision down."""
    if not picks:
        turn.say("utter_recommend_none")
        return []
    turn.say(response, **facts)
    personal = turn.customer_id is not None and is_personal(analytics, turn.customer_id)
    segment = analytics.segment_of(turn.customer_id) if turn.customer_id and personal else None
    turn.decide(
        "recommendation",
        chosen=",".join(pick.product.product_id for pick in picks),
        candidates=[{"product_id": pick.product.product_id, "score": pick.score} for pick in picks],
        segment_id=segment.segment_id if segment else None,
    )
    kept = [shown_before(turn)] if turn.slot_list(slots.SHOWN_PRODUCTS) else []
    kept += [SlotSet(slots.MODE_SHOWN, mode)] if mode != (turn.slot(slots.MODE_SHOWN) or "for_you") else []
    return [*show_recommendations(turn, picks, analytics.shop().currency), *kept]


def is_personal(analytics: Analytics, customer_id: str) -> bool:
    """Whether what she bought may be used."""
    return analytics.account_service().consents(customer_id)["personalisation"].granted


def _picks(turn: Turn, analytics: Analytics, mode: Mode, seen: frozenset[str]) -> list[Recommendation]:
    exclude = refused_products(turn, analytics) | seen
    return analytics.recommend(turn.customer_id, moment_of(turn, analytics, mode), limit=PICKS, exclude=exclude)


def _seen(turn: Turn, asked: Asked) -> frozenset[str]:
    """Give what she has before her eyes and now wants others for."""
    about_picks = asked == "more" or not ABOUT_PICKS.isdisjoint(turn.before.actions)
    shown = (*turn.slot_list(slots.SHOWN_BEFORE), *turn.slot_list(slots.SHOWN_PRODUCTS))
    return frozenset(shown) if about_picks else frozenset()


def _nothing_to_buy_again(turn: Turn, analytics: Analytics, seen: frozenset[str]) -> str:
    if turn.customer_id is None:
        return "utter_again_visitor"
    if not is_personal(analytics, turn.customer_id):
        return "utter_again_impersonal"
    return "utter_again_no_more" if seen else "utter_again_nothing"


def _words_for(
    turn: Turn,
    analytics: Analytics,
    mode: Mode,
    seen: frozenset[str],
    picks: list[Recommendation],
) -> str:
    """Give the response that fits the list."""
    if mode in _OWN_WORDS:
        return _OWN_WORDS[mode]
    if seen:
        return "utter_recommend_more"
    if turn.slot_list(slots.WANTED):
        return "utter_recommend_answered"
    if turn.customer_id is None and any(pick.reason.kind in _OF_THE_MOMENT for pick in picks):
        return "utter_recommend_moment"
    if turn.customer_id is None:
        return "utter_recommend_popular"
    return "utter_recommend_picks" if is_personal(analytics, turn.customer_id) else "utter_recommend_impersonal"
