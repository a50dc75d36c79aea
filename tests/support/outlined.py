"""Turns of the many short conversations that `seed_conversations` writes beside the told ones."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Outlined:
    """One turn of a conversation in outline; `weight` says how often it comes up."""

    text: str
    intent: str
    sentiment: float
    outcome: str
    answer: str
    weight: int = field(default=5)


OUTLINE: tuple[Outlined, ...] = (
    Outlined("where is my order", "track_order", -0.1, "answered", "It is on its way.", 14),
    Outlined("recommend me something", "recommend", 0.2, "answered", "These should suit you.", 11),
    Outlined("any offers for me", "ask_offers", 0.15, "answered", "Yes, this one.", 9),
    Outlined("do you have oat milk", "search_product", 0.05, "answered", "Yes.", 8),
    Outlined("what did I buy last time", "last_order", 0.1, "answered", "Coffee.", 6),
    Outlined("when are you open", "ask_hours", 0.0, "answered", "From 7 am to 10 pm.", 5),
    Outlined("how much is delivery", "ask_delivery", 0.0, "answered", "Free from $35.", 5),
    Outlined("thanks", "thank", 0.7, "answered", "You are welcome.", 7),
    Outlined("what is the meaning of life", "out_of_scope", 0.1, "fallback", "I can help with the shop.", 3),
    Outlined("gjhg jhg", "nlu_fallback", -0.1, "fallback", "I am not sure I understood.", 3),
    Outlined("this is bad", "complain", -0.7, "answered", "I am sorry.", 4),
    Outlined("a person please", "talk_to_person", -0.3, "handed_over", "Somebody will be with you.", 4),
    Outlined("hello?", "greet", 0.1, "unanswered", "I cannot answer right now.", 1),
)
