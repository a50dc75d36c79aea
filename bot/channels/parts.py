"""Several requests in one message, taken apart by what each piece means when it is read alone."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.components import keys
from language.insult import insult
from language.requests import MOST_PIECES, asks, pieces
from language.sentiment import NEGATIVE_BELOW

Parsed = Mapping[str, Any]
#: Understands one text as if it were a message.
Reader = Callable[[str], Awaitable[Parsed]]

#: A piece read less surely than this is no request of its own, but belongs to its neighbour.
LEAST_CONFIDENCE = 0.5
#: A piece of fewer words names something ("milk"), it asks for nothing.
_FEWEST_WORDS = 2
_WORDS = re.compile(r"\b(?!(?:am|pm)\b)[^\W\d_]{2,}", re.IGNORECASE)
#: What goes with a request without being one.
NO_REQUESTS = frozenset(
    {"greet", "goodbye", "thank", "affirm", "deny", "complain", "bot_challenge", "small_talk", "abuse",
     "ask_languages", "give_feedback",
     "explain_recommendation", "refuse_recommendation", keys.FALLBACK_INTENT, keys.OUT_OF_SCOPE_INTENT}
)  # fmt: skip
_ABUSE = "abuse"
_OF_A_LIST = frozenset({"add_to_list", "remove_from_list", "reorder"})
_ABOUT_PRODUCTS = frozenset({"product_details", "compare_products", "find_substitute", "goes_with"})
#: A bare name, read alone, looks like one of these.
_NAMING = _ABOUT_PRODUCTS | {"search_product", "recommend"}
_ANSWERS = frozenset({"affirm", "deny"})
_MONEY_BACK = frozenset({"refund_status", "ask_returns"})
#: "…and I want my money back" says what she hopes for from the first; as a question it is one of its own.
_HOPES: Mapping[str, frozenset[str]] = {
    "report_problem": _MONEY_BACK | {"return_order", "exchange_order"},
    "return_order": _MONEY_BACK,
    "exchange_order": _MONEY_BACK,
    "cancel_order": _MONEY_BACK,
    "ask_returns": frozenset({"refund_status", "return_order"}),
}


@dataclass(frozen=True)
class Part:
    """One request: its own words and what was understood of them."""

    text: str
    parsed: Parsed

    @property
    def intent(self) -> str:
        """Name of its intent."""
        return str((self.parsed.get("intent") or {}).get("name") or "")


async def own_requests(text: str, read: Reader, *, question_open: bool) -> list[Part]:
    """Take a message apart where each part is clearly a request of its own; otherwise it stays whole.

    Parameters
    ----------
    text : one message, plain.
    read : understands a text; called once for the whole, and for each piece where something joins pieces.
    question_open : whether we wait for an answer. Then only "yes/no, and …" and a question beside the answer part.

    Returns
    -------
    The parts in order, at least one; all have the mood of the message, which is upset if one of its pieces is.
    """
    whole = Part(text, await read(text))
    candidates = pieces(text)
    if not 1 < len(candidates) <= MOST_PIECES:
        return [await _request_beside_insult(whole, read)]
    alone = [Part(piece, await read(piece)) for piece in candidates]
    if _names_things(whole, alone):
        return [_of_mood(whole, _mood([whole, *alone]))]
    groups = _groups(alone, question_open=question_open)
    mood = _mood([whole, *alone])
    if len(groups) == 1:
        return [_of_mood(whole, mood)]
    return [_of_mood(await _joined(group, read), mood) for group in groups]


async def _request_beside_insult(whole: Part, read: Reader) -> Part:
    """Read "where is my damn order, you idiots" without its insult, where that leaves a clear request."""
    found = insult(whole.text) if whole.intent == _ABUSE else None
    if found is None:
        return whole
    text = " ".join((whole.text[: found.start()] + whole.text[found.end() :]).strip(" ,;-").split())
    rest = Part(text, await read(text)) if text else whole
    return _of_mood(rest, _mood([whole, rest])) if clear_reading(rest) else whole


def clear_reading(part: Part) -> bool:
    """Whether a piece, read alone, is surely a request."""
    confidence = float((part.parsed.get("intent") or {}).get("confidence") or 0.0)
    wordy = len(_WORDS.findall(part.text)) >= _FEWEST_WORDS
    return wordy and part.intent not in NO_REQUESTS and confidence >= LEAST_CONFIDENCE


def _names_things(whole: Part, alone: Sequence[Part]) -> bool:
    """Whether the pieces are things of one list or question: "compare milk" and "oat milk" are no two requests."""
    others = [part for part in alone if clear_reading(part) and part.intent != whole.intent]
    searched = all(part.intent in _NAMING and not asks(part.text) for part in others)
    return whole.intent in _OF_A_LIST | _ABOUT_PRODUCTS and clear_reading(whole) and searched


def _groups(alone: Sequence[Part], *, question_open: bool) -> list[list[Part]]:
    """Put pieces that ask for one thing together: what is no request of its own goes with what stands before it."""
    groups = [[alone[0]]]
    for part in alone[1:]:
        if clear_reading(part) and _begins(groups[-1], part, question_open=question_open):
            groups.append([part])
        else:
            groups[-1].append(part)
    return groups


def _begins(before: Sequence[Part], part: Part, *, question_open: bool) -> bool:
    if question_open:
        return before[0].intent in _ANSWERS or asks(part.text)
    requests = [one for one in before if clear_reading(one)]
    return bool(requests) and all(_differ(one, part) for one in requests)


def _differ(one: Part, other: Part) -> bool:
    numbers = [_order_ids(one), _order_ids(other)]
    if all(numbers) and numbers[0].isdisjoint(numbers[1]):
        return True
    hoped = other.intent in _HOPES.get(one.intent, ()) and not asks(other.text)
    return one.intent != other.intent and not hoped


def _order_ids(part: Part) -> set[str]:
    found = part.parsed.get("entities") or []
    return {str(entity.get("value")) for entity in found if entity.get("entity") == keys.ORDER_ID}


async def _joined(group: Sequence[Part], read: Reader) -> Part:
    """Read what belongs together as one, unless that blurs the request that was clear in it."""
    if len(group) == 1:
        return group[0]
    text = " and ".join(part.text for part in group)
    joined = Part(text, await read(text))
    clear = next((part for part in group if clear_reading(part)), None)
    return joined if clear is None or joined.intent == clear.intent else clear


def _mood(parts: Sequence[Part]) -> float | None:
    """Give the mood of the first, or the worst that is upset: one furious sentence makes a furious message."""
    told = [part.parsed.get(keys.SENTIMENT) for part in parts]
    worst = min((float(mood) for mood in told if mood is not None), default=0.0)
    return worst if worst < NEGATIVE_BELOW else told[0]


def _of_mood(part: Part, mood: Any) -> Part:
    return Part(part.text, {**part.parsed, keys.SENTIMENT: mood})
