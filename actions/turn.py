"""One turn as an action sees it: who is asking and how she feels, what she said, and the ways to answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.history import PreviousTurn, previous_turn, recent_actions
from analytics.recommendation_records import Bundle
from analytics.records import OfferDecision

#: Below this sentiment (-1 angry to 1 happy) nothing is sold in the turn; analytics withholds offers at the same mark.
UPSET_BELOW = -0.3
#: Confidence (0..1) below which an intent of the ranking says nothing.
NOISE = 0.01


class Turn:
    """A customer's message with its context, and the answer as it grows.

    What is said goes to Rasa at once, as the name of a response and the facts that fill it. What the house needs
    beside the words (decision, preferences, handoff) is gathered and sent by `finish`, in one message.
    """

    def __init__(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        self._dispatcher = dispatcher
        self._tracker = tracker
        self._data: dict[str, Any] = {}
        #: What the wording may depend on, by slot; sent with every response.
        self.circumstances: dict[str, str] = {}

    @property
    def channel(self) -> str:
        """Where she writes: "widget", or a messaging channel."""
        return str((self._tracker.latest_message.get("metadata") or {}).get("channel") or "widget")

    @property
    def customer_id(self) -> str | None:
        """Id of the known customer, None for a visitor."""
        metadata = self._tracker.latest_message.get("metadata") or {}
        customer_id = metadata.get("customer_id")
        return str(customer_id) if customer_id else None

    @property
    def conversation_id(self) -> str:
        """Id of the conversation."""
        return str(self._tracker.sender_id)

    @property
    def message_id(self) -> str:
        """Id of the message: the same where the same message is answered again."""
        return str((self._tracker.latest_message.get("metadata") or {}).get("message_id") or "")

    def key(self, purpose: str) -> str:
        """Give the key under which what this message asks for is done once."""
        return f"{self.conversation_id}:{self.message_id}:{purpose}"

    @property
    def text(self) -> str:
        """The message as she wrote it; empty where she chose a quick reply."""
        text = str(self._tracker.latest_message.get("text") or "")
        return "" if text.startswith("/") else text

    @property
    def intent(self) -> str:
        """Name of the intent understood."""
        return str((self._tracker.latest_message.get("intent") or {}).get("name") or "")

    @property
    def ranking(self) -> list[tuple[str, float]]:
        """Intents with their confidence (0..1), most likely first."""
        ranking = self._tracker.latest_message.get("intent_ranking") or []
        return [(str(entry.get("name")), float(entry.get("confidence") or 0.0)) for entry in ranking]

    @property
    def likely_intents(self) -> list[str]:
        """Names of the intents that are more than noise in the ranking, most likely first."""
        return [name for name, confidence in self.ranking if confidence >= NOISE]

    @property
    def scope(self) -> float:
        """How surely the message is about something the shop knows, 0..1; 0 where nothing was read."""
        return float(self._tracker.latest_message.get("scope") or 0.0)

    @property
    def sentiment(self) -> float | None:
        """How the message sounds, -1 (angry) to 1 (happy); None where it was not measured."""
        sentiment = self._tracker.latest_message.get("sentiment")
        return float(sentiment) if sentiment is not None else None

    @property
    def is_upset(self) -> bool:
        """True where nothing may be sold in this turn."""
        return self.sentiment is not None and self.sentiment < UPSET_BELOW

    @cached_property
    def before(self) -> PreviousTurn:
        """The turn before this one."""
        return previous_turn(self._tracker.events)

    @cached_property
    def actions_lately(self) -> frozenset[str]:
        """Names of the actions that answered her last few messages (see `actions.history`)."""
        return recent_actions(self._tracker.events)

    def entity(self, name: str) -> str | None:
        """Give the first value of an entity of this message, without surrounding blanks; None where there is none."""
        return next(iter(self.entities(name)), None)

    def entities(self, name: str) -> list[str]:
        """Give all values of an entity of this message, without surrounding blanks, in their order."""
        values = (str(value).strip() for value in self._tracker.get_latest_entity_values(name) if value is not None)
        return [value for value in values if value]

    def slot_list(self, name: str) -> list[str]:
        """Give a list slot; empty where it was never set."""
        return [str(item) for item in self.slot(name) or []]

    def slot(self, name: str) -> Any:
        """Give a slot as Rasa keeps it; None where it was never set."""
        return self._tracker.get_slot(name)

    def say(self, response: str, **facts: str) -> None:
        """Say a response of the domain, its placeholders filled with `facts`."""
        self._dispatcher.utter_message(response=response, **{**self.circumstances, **facts})

    def decide(
        self,
        kind: str,
        *,
        chosen: str | None,
        withheld: str | None = None,
        propensity: float = 1.0,
        candidates: Sequence[Mapping[str, Any]] = (),
        segment_id: int | None = None,
    ) -> None:
        """Record what was decided: `kind` is "offer" or "recommendation", `propensity` in (0, 1]."""
        self._data["decision"] = {
            "kind": kind,
            "chosen": chosen,
            "withheld": withheld,
            "propensity": propensity,
            "candidates": [dict(candidate) for candidate in candidates],
            "segment_id": segment_id,
        }

    def decide_offer(self, decision: OfferDecision) -> None:
        """Record an offer made or withheld, with the shop's rule that held and the reason."""
        self.decide(
            "offer",
            chosen=decision.offer.offer_id if decision.offer else None,
            withheld=decision.withheld,
            propensity=decision.propensity,
            candidates=decision.candidates,
            segment_id=decision.segment_id,
        )
        self._data["decision"] |= {"rule": decision.rule, "reason": decision.reason or None}

    def decide_bundle(self, bundle: Bundle, withheld: str = "") -> None:
        """Record, with the recommendation just decided, the bundle told beside it or why it was withheld ("mood")."""
        decision = self._data["decision"]
        entry = {
            "bundle_id": bundle.bundle_id,
            "product_ids": [product.product_id for product in bundle.products],
            "price": bundle.price,
            "bundle_price": bundle.bundle_price,
        }
        decision["candidates"].append(entry)
        decision["rule"] = f"bundle_withheld_{withheld}" if withheld else "bundle"

    def remember(self, preference: str, values: Sequence[str]) -> None:
        """Record a stated preference for the profile, such as `refused_products`."""
        self._data.setdefault("preferences", {})[preference] = list(values)

    def forget(self, preference: str, values: Sequence[str]) -> None:
        """Record that she takes back what she stated; "*" takes back all of it."""
        self._data.setdefault("forgotten", {})[preference] = list(values)

    def could_not_meet(self, wish: str) -> None:
        """Record what she asked for in vain, in her words."""
        self._data.setdefault("unmet", []).append(wish)

    def hand_over(self, reason: str) -> None:
        """Ask for a person: "asked", "angry", "twice_unsure" or "in_danger"."""
        self._data["handoff"] = reason

    def ends_as(self, outcome: str) -> None:
        """Say how the turn ended where it was not simply answered: "asked_back" or "offered_person"."""
        self._data["outcome"] = outcome

    @property
    def hands_over(self) -> bool:
        """Whether this turn asks for a person."""
        return "handoff" in self._data

    def finish(self) -> None:
        """Send what was gathered beside the words, if anything."""
        if self._data:
            self._dispatcher.utter_message(json_message={"data": self._data})
            self._data = {}
