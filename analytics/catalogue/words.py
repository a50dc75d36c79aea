"""Text as searchable words: lower case, no punctuation, plural and singular alike."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[a-z0-9]+")

#: Plurals that no rule gives.
_IRREGULAR = {"loaves": "loaf", "knives": "knife", "leaves": "leaf", "halves": "half", "women": "woman", "men": "man"}


def words_of(text: str) -> list[str]:
    """Split into lower-case words without accents and apostrophes: "Kid's Crème, 14.5oz" → kids creme 14 5oz."""
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _WORD.findall(plain.replace("'", "").replace("’", ""))


def stem(word: str) -> str:
    """Take the plural off: cookies and cookie, tomatoes and tomato, dishes and dish meet in one form."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 3 or not word.endswith(("s", "ie")):
        return word
    if word.endswith(("ies", "ie")):
        return word[: word.rindex("ie")] + ("y" if len(word) > 4 else "ie")
    if word.endswith(("ss", "us", "is")):
        return word
    if word.endswith(("sses", "xes", "zes", "ches", "shes", "oes")):
        return word[:-2]
    return word[:-1]


def stems_of(text: str) -> list[str]:
    """Give the stems of a text in order, repeats included."""
    return [stem(word) for word in words_of(text)]
