"""How the console says things: moods, intents, reasons, times."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

#: Control characters but tab and line feed, and halves of characters that no encoding can write.
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Mood:
    """A mood on the screen: `key` for its colour and face, `word` for everybody, `rank` 0 (worst) to 4."""

    key: str
    word: str
    rank: int


#: Upper bounds (exclusive) of the running sentiment. Below -0.3 the house makes no offers: the same line as "Unhappy".
MOOD_BOUNDS = (-0.6, -0.3, 0.3, 0.6)
_MOODS = (
    Mood("angry", "Angry", 0), Mood("unhappy", "Unhappy", 1), Mood("neutral", "Neutral", 2),
    Mood("pleased", "Pleased", 3), Mood("happy", "Happy", 4),
)  # fmt: skip
UNKNOWN_MOOD = Mood("unknown", "No mood yet", 2)


def mood_of(sentiment: float | None) -> Mood:
    """Word a sentiment of -1 to 1."""
    if sentiment is None:
        return UNKNOWN_MOOD
    return _MOODS[sum(sentiment >= bound for bound in MOOD_BOUNDS)]


CHANNEL_WORDS = {
    "widget": "Website", "slack": "Slack", "telegram": "Telegram", "messenger": "Messenger", "whatsapp": "WhatsApp",
    "sms": "SMS", "email": "E-mail",
}  # fmt: skip

INTENT_WORDS = {
    "greet": "Greeting", "goodbye": "Goodbye", "thank": "Thanks", "bot_challenge": "Who are you?",
    "small_talk": "Small talk", "abuse": "Rough words", "ask_languages": "Languages",
    "write_review": "Review",
    "give_feedback": "Feedback", "affirm": "Yes",
    "deny": "No", "recommend": "Recommendation", "explain_recommendation": "Why this product?",
    "refuse_recommendation": "Not this product", "state_preference": "Tastes",
    "ask_offers": "Offers", "last_order": "Last order",
    "track_order": "Where is my order?", "search_product": "Product search", "ask_delivery": "Delivery",
    "ask_returns": "Returns", "ask_payment": "Payment", "ask_hours": "Opening hours", "ask_help": "Help",
    "complain": "Complaint", "create_account": "New account", "edit_account": "Change own details",
    "delete_account": "Close the account", "sign_in_trouble": "Trouble signing in",
    "change_notifications": "Newsletter and messages", "privacy_request": "Own data and privacy",
    "cancel_order": "Cancel an order", "return_order": "Return something", "refund_status": "Where is my refund?",
    "change_address": "Another delivery address", "report_problem": "Missing, damaged or wrong item",
    "exchange_order": "Exchange something", "change_items": "Change the items of an order",
    "change_slot": "Another delivery time", "change_payment": "Another way to pay for an order",
    "get_invoice": "Invoice", "payment_problem": "Payment went wrong", "product_details": "Question about a product",
    "find_substitute": "Something in its place", "goes_with": "What goes with it?",
    "compare_products": "Compare products", "add_to_list": "Put on the shopping list",
    "show_list": "Show the shopping list", "remove_from_list": "Take off the shopping list",
    "ask_loyalty": "Loyalty points",
    "talk_to_person": "Wants a person", "nlu_fallback": "Not understood", "out_of_scope": "Out of scope",
}  # fmt: skip

OUTCOME_WORDS = {
    "answered": "Answered", "fallback": "Fallback", "asked_back": "Asked back",
    "offered_person": "Person offered", "handed_over": "Handed to a person",
    "suppressed": "Reply held back: a person took over", "unanswered": "No answer from the bot",
    "agent": "For a person",
}  # fmt: skip

WITHHELD_WORDS = {
    "mood": "the customer was unhappy in this message",
    "no_offer": "no running offer fits",
    "recently_offered": "it was offered a moment ago",
    "opted_out": "the customer wants no offers",
    "buys_anyway": "the customer comes anyway and pays full prices",
    "segment": "the shop makes no offers to this group",
}

ACTION_WORDS = {
    "signed_in": "Signed in", "signed_out": "Signed out", "sign_in_failed": "Failed to sign in",
    "admin_set_up": "Set up the first admin", "invitation_accepted": "Chose a password",
    "password_changed": "Changed own password", "took_over": "Took a conversation over", "answered": "Answered",
    "gave_back": "Gave a conversation back", "settled": "Settled a request or complaint",
    "judged": "Judged what the bot understood",
    "agent_added": "Added a person", "agent_invited": "Made an invitation link",
    "agent_disabled": "Disabled a person", "agent_enabled": "Enabled a person", "role_changed": "Changed a role",
    "exported": "Took a list of customers away",
}  # fmt: skip


def in_words(name: str | None, words: dict[str, str]) -> str:
    """Give the word for a name of the code; an unknown one without its underscores."""
    if not name:
        return "–"
    return words.get(name) or plain(name).replace("_", " ").capitalize()


def intent_words(name: str | None) -> str:
    """Word an intent."""
    return in_words(name, INTENT_WORDS)


def duration(span: timedelta) -> str:
    """Say a length of time as one looks at a clock: "12 s", "3 min 05 s", "2 h 10 min", "3 days"."""
    seconds = max(0, int(span.total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    minutes, seconds = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes} min {seconds:02d} s"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes:02d} min"
    return f"{hours // 24} days"


def moment(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Say a moment: the time for today, else day and month, with the year where it is another."""
    local, today = at.astimezone(zone), now.astimezone(zone)
    if local.date() == today.date():
        return f"{local:%H:%M}"
    return f"{local.day} {local:%b}" if local.year == today.year else f"{local.day} {local:%b %Y}"


def plain(text: str, limit: int | None = None) -> str:
    """Drop control characters and lone surrogates, and shorten where asked. Escaping is the template's."""
    kept = _UNSPEAKABLE.sub("", text)
    if limit is None or len(kept) <= limit:
        return kept
    return kept[: limit - 1].rstrip() + "…"
