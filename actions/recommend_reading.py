"""What kind of recommendation a message asks for, by its words: her usual, something new, more of a kind, less."""

from __future__ import annotations

import re
from typing import Literal

from actions import slots
from actions.turn import Turn

Asked = Literal["for_you", "buy_again", "new", "mailing", "popular", "alike", "more", "skip"]

_OTHERS = r"(?:people|customers?|shoppers?|everybody|everyone|others)"
_POPULAR = re.compile(
    r"\bpopular\b|\bbest[\s-]?sell\w*|\btrend\w*|\bin demand\b|\bsells? best\b|\bmost (?:bought|sold)\b"
    rf"|\b{_OTHERS}\b.{{0,20}}\b(?:buy|get|like|love|favou?rite|take)\w*",
    re.I,
)
_BUY_AGAIN = re.compile(
    r"\b(?:i|we)\b.{0,12}\b(?:usually|normally|regularly|always|often|mostly)\b.{0,8}\b(?:buy|get|have|order|take|shop)\b"
    r"|(?<!with )\b(?:my|our)\s+(?:usuals?|regulars?|staples|basics|favou?rites)"
    r"(?:\s+(?:stuff|things|products|items|shopping|ones))?\s*(?:[?.!,]|$|again|please|pls)"
    r"|\b(?:buy|get|order|need)\s+(?:(?:it|this|that|them|something)\s+)?again\b"
    r"|\b(?:running|run|runs)\s+(?:low|out)\b|\b(?:re)?stock(?:ing)?\s+up\b|\brestock\w*|\brefill\w*"
    r"|\b(?:due|time)\s+(?:again|for me|to (?:re)?(?:buy|order|stock))",
    re.I,
)
_NEW = re.compile(
    r"\b(?:something|anything|things?|stuff|products?|what'?s|what is)\s+(?:\w+\s+)?new\b"
    r"|\bnew\s+(?:things?|products?|stuff|ideas?|to me|for me)\b|\bnot\s+the\s+usual\b"
    r"|\b(?:never|not|haven'?t|have not)\s+(?:yet\s+)?(?:tried|bought|had)\b|\bfor a change\b|\bdiscover\b"
    r"|\btry(?:ing)?\s+(?:out\s+)?(?:something|anything|things?)\b",
    re.I,
)
#: What the shop would write to her about: "this week's picks", "in my next mailing".
_MAILING = re.compile(
    r"\b(?:this week'?s|the week'?s|weekly)\s+(?:picks|selection|suggestions?|recommendations?|mail(?:ing)?|e-?mail"
    r"|newsletter)\b|\b(?:picks?|suggestions?|recommendations?)\s+of\s+the\s+week\b"
    r"|\b(?:next|my|this|your)\s+(?:next\s+)?(?:mail|mailing|e-?mail|newsletter)\b",
    re.I,
)
#: Which words win where several are said.
_BY_WORDS: tuple[tuple[re.Pattern[str], Asked], ...] = (
    (_MAILING, "mailing"), (_POPULAR, "popular"), (_NEW, "new"), (_BUY_AGAIN, "buy_again"),
)  # fmt: skip
#: Other products than those before her.
_MORE = re.compile(r"\b(?:others?|more|else|another|different|next)\b", re.I)
_ALIKE = re.compile(
    r"\b(?:more|something|anything|products?|things?|others?|ones?)\s+(?:\w+\s+)?like\s+"
    r"(?:it|this|that|these|those|the)\b"
    r"|\bsimilar\b|\bof the same kind\b|\bthe same (?:kind|sort|type)\b",
    re.I,
)
_INSTEAD = re.compile(
    r"\binstead\b|\breplace\w*|\bsubstitut\w*|\balternative\w*|\bsold out\b|\bstock\b|\bcheap\w*|\bexpensive\b"
    r"|\bpric\w+|\b(?:less|save) money\b|\bafford\w*",
    re.I,
)
_LESS = re.compile(
    r"\b(?:less|fewer)\s+(?:of\s+)?(?P<thing>[\w' -]+)"
    r"|\bnot\s+(?:so|that|quite so)\s+(?:much|many)\s+(?P<many>[\w' -]+)"
    r"|\btoo\s+(?:much|many)\s+(?P<too>[\w' -]+)|\b(?P<rarely>[\w' -]+?)\s+(?:less|not so)\s+often\b",
    re.I,
)
_AGAIN = re.compile(
    r"\b(?:show|suggest|recommend|offer|give)(?:\s+(?:me|us))?\s+(?:more\s+)?"
    r"(?P<thing>[\w' -]+?)\s+(?:again|after all|as before)\b",
    re.I,
)
#: Where the thing of "less …" ends, and what comes before it.
_TAIL = re.compile(
    r"\b(?:please|pls|from now on|in future|next time|for (?:me|us)|in (?:my|your|the)"
    r"|suggestions?|recommendations?|to me)\b.*$",
    re.I,
)
_HEAD = re.compile(
    r"^(?:(?:please|of|the|that|this|these|those|such|it|them|show|me|suggest|recommend|i want|to see|stuff|things?"
    r"|kind|sort|products?|first|second|third|last|one|ones|like|brand)\b\s*)+",
    re.I,
)
_BRAND = re.compile(r"\b(?:brand|make|maker)\b", re.I)


def asked_for(turn: Turn) -> Asked:
    """Tell what is asked for; a quick reply says it by its mode."""
    pressed = turn.entity(slots.MODE)
    if pressed in ("buy_again", "new", "mailing", "popular", "alike", "more", "skip"):
        return pressed  # type: ignore[return-value]  # one of them, as just seen
    text = turn.text
    by_words = next((asked for pattern, asked in _BY_WORDS if pattern.search(text)), None)
    if by_words is not None:
        return by_words
    if wants_alike(text):
        return "alike"
    return (
        "more"
        if turn.intent == "affirm" or (_MORE.search(text) and turn.slot_list(slots.SHOWN_PRODUCTS))
        else "for_you"
    )


def wants_alike(text: str) -> bool:
    """Whether more of the kind of something is wanted, and nothing to take instead of it."""
    return bool(_ALIKE.search(text)) and not _INSTEAD.search(text)


def wants_less(turn: Turn) -> bool:
    """Whether something shall be shown less, which is not the same as never."""
    return turn.entity(slots.MODE) == "less" or (bool(_LESS.search(turn.text)) and not _INSTEAD.search(turn.text))


def less_of(text: str) -> str:
    """Give the thing she names that she wants less of, in lower case; empty where she points at something."""
    found = _LESS.search(text)
    named = next((piece for piece in found.groups() if piece), "") if found else ""
    return _HEAD.sub("", _TAIL.sub("", named).strip()).strip(" ,'-").lower()


def speaks_of_brand(text: str) -> bool:
    """Whether it is the brand of what was shown that she means."""
    return bool(_BRAND.search(text))


def shown_again(text: str) -> str:
    """Give the thing that shall be shown again: "show me yogurt again"; empty where there is none."""
    found = _AGAIN.search(text)
    return found["thing"].strip().lower() if found else ""
