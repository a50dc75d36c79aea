"""The conversations that `seed_conversations` writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

Reply = tuple[str, str, dict[str, Any] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """One customer message with what came of it."""

    text: str
    intent: str | None
    confidence: float | None
    sentiment: float | None
    replies: tuple[Reply, ...] = ()
    outcome: str = "answered"
    latency_ms: float | None = 84.0
    decision: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One conversation, ending `last_ago` before now."""

    key: str
    name: str | None
    customer_id: str | None
    last_ago: timedelta
    turns: tuple[Turned, ...]
    channel: str = "widget"
    owner: str = "bot"
    waits: bool = False
    mood: float = 0.0


def _bot(text: str, **payload: Any) -> Reply:
    return ("bot", text, payload or None)


_CARDS = [
    {
        "id": "101",
        "title": "Kids cereal, 14.5 oz",
        "price": "$2.99",
        "reason": "you buy it about every 9 days, last on 3 May",
    },
    {"id": "102", "title": "Decaf coffee, 12 oz", "price": "$7.50", "reason": "popular with shoppers like you"},
    {"id": "104", "title": "Greek yogurt, 6 oz", "price": "$1.25", "reason": "goes with the cereal in your basket"},
]
_RECOMMENDED = {"kind": "recommendation", "chosen": "101,102,104", "propensity": 1.0, "candidates": [], "segment_id": 3}
_OFFERED = {
    "kind": "offer",
    "chosen": "C17",
    "propensity": 0.4,
    "segment_id": 3,
    "candidates": [{"offer_id": f"C{number}", "probability": 0.2} for number in range(15, 19)],
}
_WITHHELD = {"kind": "offer", "chosen": None, "withheld": "mood", "propensity": 1.0, "candidates": [], "segment_id": 3}

TOLD: tuple[Told, ...] = (
    Told(
        key="angry",
        name="Ana Brandt",
        customer_id="ana",
        last_ago=timedelta(minutes=7, seconds=40),
        owner="queue",
        waits=True,
        mood=-0.72,
        turns=(
            Turned(
                text="hi there",
                intent="greet",
                confidence=0.99,
                sentiment=0.35,
                replies=(
                    _bot(
                        "Hello Ana, good to see you again. How can I help?",
                        quick_replies=[
                            {"id": "a", "title": "Where is my order?"},
                            {"id": "b", "title": "Offers for me"},
                        ],
                    ),
                ),
            ),
            Turned(
                text="recommend me something for breakfast",
                intent="recommend",
                confidence=0.94,
                sentiment=0.21,
                replies=(_bot("These should suit you:", cards=_CARDS),),
                decision=_RECOMMENDED,
                latency_ms=121.0,
            ),
            Turned(
                text="any offers for me?",
                intent="ask_offers",
                confidence=0.97,
                sentiment=0.12,
                replies=(_bot("Yes: 10% off coffee until 31 May, because you often buy from Coffee."),),
                decision=_OFFERED,
            ),
            Turned(
                text="where is my order? it should have been here yesterday",
                intent="track_order",
                confidence=0.91,
                sentiment=-0.38,
                replies=(_bot("Order 40251 is on its way. It should arrive on 5 May."),),
            ),
            Turned(
                text="This is the third time it is late and nobody ever tells me anything. I am really angry!!",
                intent="complain",
                confidence=0.96,
                sentiment=-0.86,
                decision=_WITHHELD,
                replies=(_bot("I am sorry, that should not have happened. Would you like to talk to a person?"),),
            ),
            Turned(
                text="yes, get me a person please",
                intent="talk_to_person",
                confidence=0.98,
                sentiment=-0.61,
                outcome="handed_over",
                replies=(("system", "Waiting for a person", None),),
            ),
        ),
    ),
    Told(
        key="unhappy",
        name="Marcus Lind",
        customer_id="marcus",
        last_ago=timedelta(minutes=12),
        owner="queue",
        waits=True,
        mood=-0.44,
        channel="whatsapp",
        turns=(
            Turned(
                text="the eggs were broken again",
                intent="complain",
                confidence=0.88,
                sentiment=-0.52,
                outcome="handed_over",
                replies=(_bot("I am sorry about the eggs. A colleague will look at it with you."),),
            ),
        ),
    ),
    Told(
        key="queue",
        name=None,
        customer_id=None,
        last_ago=timedelta(minutes=2, seconds=5),
        owner="queue",
        waits=True,
        mood=0.05,
        turns=(
            Turned(
                text="do you ship to Canada and how much is it",
                intent="nlu_fallback",
                confidence=0.34,
                sentiment=0.0,
                outcome="fallback",
                replies=(
                    _bot(
                        "I am not sure I understood. Did you mean one of these?",
                        quick_replies=[{"id": "c", "title": "Delivery"}, {"id": "d", "title": "A person"}],
                    ),
                ),
            ),
            Turned(
                text="A person",
                intent="talk_to_person",
                confidence=1.0,
                sentiment=0.05,
                outcome="handed_over",
                replies=(("system", "Waiting for a person", None),),
            ),
        ),
    ),
    Told(
        key="colleague",
        name="Priya Raman",
        customer_id="priya",
        last_ago=timedelta(minutes=4),
        owner="agent",
        mood=0.34,
        turns=(
            Turned(
                text="can I return an opened bag of coffee?",
                intent="ask_returns",
                confidence=0.83,
                sentiment=0.02,
                outcome="suppressed",
                latency_ms=None,
                replies=(
                    ("system", "Ines joined the chat", None),
                    ("agent", "Hello Priya, yes: bring it back within 30 days.", None),
                ),
            ),
            Turned(
                text="great, thank you Ines!",
                intent="thank",
                confidence=0.97,
                sentiment=0.78,
                outcome="agent",
                latency_ms=None,
            ),
        ),
    ),
    Told(
        key="happy",
        name="Tomás Herrera",
        customer_id="tomas",
        last_ago=timedelta(minutes=1),
        mood=0.71,
        turns=(
            Turned(
                text="what did I buy last time?",
                intent="last_order",
                confidence=0.95,
                sentiment=0.1,
                replies=(_bot("On 20 April you bought one mild shampoo for $5.49."),),
            ),
            Turned(
                text="perfect, thanks, you are a star",
                intent="thank",
                confidence=0.98,
                sentiment=0.88,
                replies=(_bot("You are welcome, Tomás. Anything else?"),),
            ),
        ),
    ),
    Told(
        key="visitor",
        name=None,
        customer_id=None,
        last_ago=timedelta(minutes=26),
        mood=0.15,
        channel="telegram",
        turns=(
            Turned(
                text="do you have decaf coffee?",
                intent="search_product",
                confidence=0.92,
                sentiment=0.15,
                replies=(_bot("Yes, I found this:", cards=_CARDS[1:2]),),
            ),
        ),
    ),
    Told(
        key="long",
        name="Wilhelmina van der Bergh-Oostendorp",
        customer_id="wilhelmina",
        last_ago=timedelta(hours=5),
        mood=0.02,
        channel="email",
        turns=(
            Turned(
                text="Dear shop, I would like to know whether the delivery on Saturdays also comes before ten in the "
                "morning, because I leave for the market then and nobody else can open the door for the driver.",
                intent="ask_delivery",
                confidence=0.74,
                sentiment=0.02,
                replies=(_bot("We deliver within two days. Delivery is free from $35."),),
            ),
        ),
    ),
)
