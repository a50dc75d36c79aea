"""What she asks to be done about an order, as far as it is known: kept in a slot from one message to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from rasa_sdk.events import EventType, SlotSet

from actions import slots
from actions.turn import Turn

#: What may be asked, by the intent that begins it. "refund" and "invoice" only look something up; so does
#: "track", which is not here: "no, order 40200" in the middle of a request is a correction of it.
KIND_BY_INTENT = {
    "cancel_order": "cancel",
    "return_order": "return",
    "change_address": "address",
    "report_problem": "problem",
    "refund_status": "refund",
    "get_invoice": "invoice",
    "exchange_order": "exchange",
    "change_items": "items",
    "change_slot": "slot",
    "change_payment": "payment",
    "reorder": "reorder",
}
#: Further intents in which a request is gone on with: its basket is changed like an order.
ALSO_OF = {"reorder": frozenset({"change_items", "add_to_list", "remove_from_list"})}
#: What of a new order can be changed only when it is placed.
AFTER_PLACING = frozenset({"change_address", "change_slot", "change_payment"})
#: Replacement of an exchange for the same product again.
SAME = "same"
#: Her first words are kept so long, to read from them once the order is known.
_LONGEST_TOLD = 500
_LISTS = ("product_ids", "unknown", "absent", "options", "bundle_products")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """One request on its way from the first word to the yes."""

    kind: str
    #: Under which it is carried out: of the message that began it, so that a yes taken twice acts once.
    key: str
    #: What we asked last: "identify", "items", "problem", "address", "changes", "slot", "payment", "swap", "reason" or
    #: "confirm"; empty at the start.
    step: str = ""
    #: Of her own orders; empty until it is chosen.
    order_id: str = ""
    #: A visitor's word, until it is checked.
    claimed_order: str = ""
    claimed_email: str = ""
    product_ids: tuple[str, ...] = ()
    #: True where she said that everything in the order is meant.
    everything: bool = False
    problem: str = ""
    address: str = ""
    #: Quantities that products of the order shall have, by product id.
    changes: tuple[tuple[str, int], ...] = ()
    #: The delivery slot, the way to pay or the reason she chose.
    choice: str = ""
    #: Of a new order: "order", "things" (single ones she bought) or "list"; `changes` is its whole basket then.
    source: str = ""
    #: What the new order comes to, as she was told.
    agreed: float = 0.0
    #: The bundle whose price was said for it, what its products cost one by one, and what is taken off.
    bundle_products: tuple[str, ...] = ()
    bundle_price: float = 0.0
    bundle_saving: float = 0.0
    #: What comes instead in an exchange: a product id, or `SAME`.
    replacement: str = ""
    #: Things she named that are not sold here, and that are not in the order.
    unknown: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    #: What was listed to choose from, in its order.
    options: tuple[str, ...] = ()
    #: The words she began with.
    told: str = ""
    #: How often we came back to it after she had spoken of something else.
    reminders: int = 0
    #: Seconds since 1970 when we asked last.
    asked_at: float = 0.0


def pending_of(turn: Turn) -> Pending | None:
    """Give the request under way, None where there is none."""
    kept = turn.slot(slots.ORDER_REQUEST)
    if not isinstance(kept, Mapping):
        return None
    lists = {name: tuple(kept.get(name) or ()) for name in _LISTS}
    changes = tuple((str(product_id), int(quantity)) for product_id, quantity in kept.get("changes") or ())
    return Pending(**{**kept, **lists, "changes": changes})


def begun(turn: Turn, kind: str) -> Pending:
    """Begin a request with the present message."""
    return Pending(kind=kind, key=turn.key(kind), told=turn.text[:_LONGEST_TOLD])


def kept(pending: Pending) -> list[EventType]:
    """Keep the request, and know that the next yes or no is about it."""
    as_slot: dict[str, Any] = asdict(pending)
    as_slot |= {name: list(as_slot[name]) for name in _LISTS}
    as_slot["changes"] = [list(change) for change in pending.changes]
    return [SlotSet(slots.ORDER_REQUEST, as_slot), SlotSet(slots.OPEN_QUESTION, slots.ASKED_REQUEST)]


def dropped(asked: str | None = None) -> list[EventType]:
    """Forget the request; `asked` is another question that is open now."""
    return [SlotSet(slots.ORDER_REQUEST, None), SlotSet(slots.OPEN_QUESTION, asked)]
