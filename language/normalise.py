"""Bring what a customer typed into one shape before anything reads it."""

from __future__ import annotations

import unicodedata

#: Longer than any honest question; the widget's own limit is 4,000 characters, other channels have none.
MAX_CHARACTERS = 4000
#: Invisible characters that would hide a word or a leading slash from every later check.
_KEPT_CONTROLS = frozenset("\n\t")
#: Joiners between emoji and letters of some scripts are format characters that carry meaning.
_KEPT_FORMATS = frozenset("\u200c\u200d")


def normalise(text: str, limit: int = MAX_CHARACTERS) -> str:
    """Compose (NFC), drop invisible characters, collapse runs of blanks, cut to `limit`.

    Parameters
    ----------
    text : anything a customer may send, NUL and lone surrogates included.
    limit : most characters to keep, >= 1.

    Returns
    -------
    str of at most `limit` characters, without blanks at its ends; line breaks stay, one at a time.
    """
    composed = unicodedata.normalize("NFC", text[: 4 * limit])
    visible = "".join(_visible(character) for character in composed)
    lines = (" ".join(line.split()) for line in visible.split("\n"))
    return "\n".join(line for line in lines if line)[:limit].strip()


def _visible(character: str) -> str:
    if character in _KEPT_CONTROLS or character in _KEPT_FORMATS:
        return character
    if character == "\r":
        return "\n"
    # Cc: controls, Cf: zero width and direction marks, Cs: lone surrogates, which no database or socket takes.
    return "" if unicodedata.category(character) in {"Cc", "Cf", "Cs"} else character
