"""Asking back: the likeliest readings of a message that was not understood, each as a quick reply."""

from __future__ import annotations

from collections.abc import Mapping

from actions.turn import Turn

#: Response that holds the quick reply of an intent, "did you mean this?". Small talk is not asked back about.
READINGS: Mapping[str, str] = {
    "add_to_list": "utter_reading_add_to_list",
    "ask_delivery": "utter_reading_ask_delivery",
    "ask_hours": "utter_reading_ask_hours",
    "ask_loyalty": "utter_reading_ask_loyalty",
    "ask_offers": "utter_reading_ask_offers",
    "ask_payment": "utter_reading_ask_payment",
    "ask_returns": "utter_reading_ask_returns",
    "cancel_order": "utter_reading_cancel_order",
    "change_address": "utter_reading_change_address",
    "change_items": "utter_reading_change_items",
    "change_notifications": "utter_reading_change_notifications",
    "change_payment": "utter_reading_change_payment",
    "change_slot": "utter_reading_change_slot",
    "compare_products": "utter_reading_compare_products",
    "complain": "utter_reading_complain",
    "create_account": "utter_reading_create_account",
    "delete_account": "utter_reading_delete_account",
    "edit_account": "utter_reading_edit_account",
    "exchange_order": "utter_reading_exchange_order",
    "find_substitute": "utter_reading_find_substitute",
    "get_invoice": "utter_reading_get_invoice",
    "give_feedback": "utter_reading_give_feedback",
    "goes_with": "utter_reading_goes_with",
    "last_order": "utter_reading_last_order",
    "payment_problem": "utter_reading_payment_problem",
    "privacy_request": "utter_reading_privacy_request",
    "product_details": "utter_reading_product_details",
    "recommend": "utter_reading_recommend",
    "refund_status": "utter_reading_refund_status",
    "remove_from_list": "utter_reading_remove_from_list",
    "reorder": "utter_reading_reorder",
    "report_problem": "utter_reading_report_problem",
    "return_order": "utter_reading_return_order",
    "search_product": "utter_reading_search_product",
    "show_list": "utter_reading_show_list",
    "sign_in_trouble": "utter_reading_sign_in_trouble",
    "state_preference": "utter_reading_state_preference",
    "talk_to_person": "utter_reading_talk_to_person",
    "track_order": "utter_reading_track_order",
    "write_review": "utter_reading_write_review",
}
#: Intents that are no request, so that nobody means them by something unclear.
NEVER_ASKED = frozenset(
    {"nlu_fallback", "out_of_scope", "greet", "goodbye", "thank", "bot_challenge", "small_talk", "abuse", "affirm",
     "ask_languages", "deny", "explain_recommendation", "refuse_recommendation", "ask_help"}
)  # fmt: skip
#: How surely (0..1) a message must be about the shop before readings are offered for it.
LEAST_SCOPE = 0.35
#: A reading with a smaller share of what all readings have together is not worth a button.
_LEAST_SHARE = 0.12
_MOST_READINGS = 3


def likely_readings(turn: Turn) -> list[str]:
    """Give the intents she may have meant, likeliest first: none where the message is hardly about the shop.

    Returns
    -------
    At most three; those with an eighth or more of the confidence that all known intents share.
    """
    if turn.scope < LEAST_SCOPE:
        return []
    told = {name: confidence for name, confidence in turn.ranking if name != "nlu_fallback"}
    total = sum(told.values())
    if not total:
        return []
    return [name for name, confidence in told.items() if name in READINGS and confidence >= _LEAST_SHARE * total][
        :_MOST_READINGS
    ]


def ask_back(turn: Turn, readings: list[str]) -> None:
    """Ask which reading is right."""
    turn.say("utter_ask_back")
    for name in readings:
        turn.say(READINGS[name])
    turn.say("utter_ask_back_none")
    turn.ends_as("asked_back")
