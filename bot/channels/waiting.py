"""When a request must wait until our question about another one is answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Requests that lead to a question of their own before anything is done.
_ASK_FIRST = frozenset(
    {
        "cancel_order", "return_order", "exchange_order", "change_items", "change_address", "change_slot",
        "change_payment", "report_problem", "delete_account", "edit_account", "create_account", "privacy_request",
        "reorder", "write_review",
    }
)  # fmt: skip
#: Requests for which a visitor must first show whose order it is.
_NEED_PROOF = _ASK_FIRST | {"track_order", "refund_status", "get_invoice", "last_order"}
#: Values of the slot `open_question` about something that is under way.
_UNDER_WAY = frozenset({"request", "account", "review"})


def must_wait(intent: str, slots: Mapping[str, Any]) -> bool:
    """Tell whether a request can only be served after our open question.

    Parameters
    ----------
    intent : what it asks for.
    slots : the conversation's slots.
    """
    if slots.get("open_question") not in _UNDER_WAY:
        return False
    pending = slots.get("order_request") or {}
    unproven = isinstance(pending, Mapping) and pending.get("step") == "identify"
    return intent in (_NEED_PROOF if unproven else _ASK_FIRST)
