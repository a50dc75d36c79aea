"""What a message says about a product she bought: which one, how many stars, and the words of a review."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions import wording
from analytics.records import Product
from language.quantity import quantity_of

_NUMBER = r"(?<![\w.,/])(?P<count>[1-5]|one|two|three|four|five)"
_STARS = re.compile(rf"{_NUMBER}\s*-?\s*(?:stars?\b|/\s*5\b|(?:out )?of (?:5|five)\b)", re.IGNORECASE)
_BARE = re.compile(rf"^\W*(?:(?:i'?d say|maybe|a|make it|give it|say|just|only|no,?)\s+)*{_NUMBER}\W*$", re.IGNORECASE)
_SIGNS = re.compile(r"[★⭐]{1,5}")
#: A part of the message that asks us to take a review, or gives stars: it is not what she thinks of the product.
_COMMAND = re.compile(
    r"\b(?:reviews?|reviewing|rate|rating|stars?|feedback|out of (?:5|five)|leave|write|post)\b|/\s*5\b|[★⭐]"
    r"|^\W*(?:hi|hello|hey|please|pls|thanks|thank you|ok|okay|yes)\W*$",
    re.IGNORECASE,
)
_BREAKS = re.compile(r"\s*[,.;:!?\n]+\s*|\s+[-–]\s+")
_NO_WORDS = re.compile(
    r"^\W*(?:no|nope|nah|none|skip|nothing|without|just (?:the )?stars|stars only|no (?:thanks?|thank you|words|text"
    r"|comment))\b.{0,20}$",
    re.IGNORECASE | re.DOTALL,
)
_SHORTEST_WORD = 3
_SHORTEST_REVIEW = 6
_NO_NAMES = frozenset(
    {"the", "for", "and", "review", "star", "product", "write", "leave", "give", "rate", "with", "brand", "you", "your",
     "thank", "that", "thi", "are", "not", "but", "all", "one", "have", "ha", "had", "from", "what", "last",
     "first", "second", "purchase", "order", "great", "good", "nice", "very", "wa"}
)  # fmt: skip


def stars_in(text: str, *, asked: bool = False) -> int:
    """Give how many stars a message speaks of, 1 to 5; 0 where it says none.

    Parameters
    ----------
    asked : whether we asked for them, so that a bare "4" is an answer.
    """
    found = _STARS.search(text) or (_BARE.search(text) if asked else None)
    if found:
        return quantity_of(found["count"]) or 0
    signs = _SIGNS.search(text)
    return len(signs.group()) if signs else 0


def words_in(text: str) -> str:
    """Give what she thinks of the product: the message without the parts that ask for a review or give stars."""
    parts, start = [], 0
    for found in [*_BREAKS.finditer(text), None]:
        end = found.start() if found else len(text)
        parts.append((start, end, bool(_COMMAND.search(text[start:end])) or not text[start:end].strip()))
        start = found.end() if found else end
    own = [(begin, stop) for begin, stop, command in parts if not command]
    if not own:
        return ""
    words = text[own[0][0] : own[-1][1]] + (text[own[-1][1] : own[-1][1] + 1].strip(" ,;:\n-–"))
    words = re.sub(r"^\W*(?:and|but|because|it'?s because)\s+", "", words.strip(), flags=re.IGNORECASE)
    return words if len(words) >= _SHORTEST_REVIEW else ""


def wants_no_words(text: str) -> bool:
    """Whether she would rather give stars alone."""
    return bool(_NO_WORDS.search(text))


def named_in(text: str, products: Sequence[Product]) -> list[Product]:
    """Give the products of which a message names most words: several where it could be either, none where none."""
    said = _words(text) - _NO_NAMES
    hits = [(len(said & _words(f"{wording.short_name(product)} {product.category}")), product) for product in products]
    most = max((count for count, _ in hits), default=0)
    return [product for count, product in hits if count == most] if most else []


def _words(text: str) -> set[str]:
    found = re.findall(r"[a-z]+", re.sub(r"\(.*?\)", "", text.lower()))
    return {word.removesuffix("s") for word in found if len(word) >= _SHORTEST_WORD}
