"""Where one message may hold several requests: at the ends of sentences and at joining words."""

from __future__ import annotations

import re

#: More pieces than these are a story, not requests in a row; then only sentences are told apart.
MOST_PIECES = 6

#: After a mark that ends a sentence, or on a new line; a number's point ("3.50") ends none.
_SENTENCES = re.compile(r"(?<=[.!?;])\s+(?=\S)|\s*\n+\s*")
#: What joins requests. A comma does so only before a word that begins a request of its own.
_JOINS = re.compile(
    r"\s*,?\s+(?:and\s+(?:then|also|please)|and|then|also|plus|as well as|but\s+also|&"
    r"|but(?=\s+(?:where|when|what|which|how|who|why|can|could|please|do|does|is|are)\b))\s+"
    r"|\s*,\s*(?=(?:where|when|what|which|how|who|why|can|could|do|does|is|are|please|cancel|return|change|show|tell"
    r"|i(?:'d| would)? (?:want|need|like)|i'd)\b)",
    re.IGNORECASE,
)
#: "Between 2 and 4 pm" joins no requests: its blanks are held by a character that no message has.
_SPAN = re.compile(r"(\b(?:between|from)\s+[$€£]?\d[\w:.,]*(?:\s*[ap]\.?m\.?)?)\s+and\s+(?=[$€£]?\d)", re.IGNORECASE)
_KEPT = "\x00"
_ASKS = re.compile(
    r"\?\s*$|^\W*(?:where|when|what|whats|wheres|which|how|who|why|can|could|do|does|did|is|are|has|have|will|may)\b",
    re.IGNORECASE,
)


def sentences(text: str) -> list[str]:
    """Split a message into its sentences, in order; nothing is lost but blanks."""
    return [piece for piece in (part.strip() for part in _SENTENCES.split(text)) if piece]


def pieces(text: str) -> list[str]:
    """Split a message wherever another request may begin: "cancel the milk and where is my refund?" gives two.

    Parameters
    ----------
    text : one message.

    Returns
    -------
    Pieces in order, without the words that joined them; one where nothing joins. Whether a piece is a request of its
    own ("bread and milk" is none) only its meaning can tell.
    """
    told = sentences(_SPAN.sub(rf"\1{_KEPT}and{_KEPT}", text))
    split = [piece for sentence in told for piece in (part.strip(" ,") for part in _JOINS.split(sentence)) if piece]
    found = split if len(split) <= MOST_PIECES else told
    return [piece.replace(_KEPT, " ") for piece in found]


def asks(text: str) -> bool:
    """Whether a piece is put as a question."""
    return bool(_ASKS.search(text))
