"""Which language a message is in, where it surely is not English: by its small words, which names of products lack."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from language.yaml_text import load_yaml

WORDS = Path(__file__).with_name("tongues.yml")
#: A message in a script that is not Latin: its language is not told any closer.
OTHER = "other"
_ENGLISH = "en"
#: Chosen so that none of the bot's training sentences, nor any name of a product with foreign words, is taken for
#: another language (see tests/quality/test_tongues.py): weight of the words found, lead over English, share of all.
_LEAST_WEIGHT, _LEAST_LEAD, _LEAST_SHARE = 2.0, 1.5, 0.34
_WEAK, _MARK = 0.4, 0.3
#: Share of letters beyond the Latin script from which a message is in another one.
_FOREIGN_SCRIPT = 0.6
_FEWEST_LETTERS = 3

_NOISE = re.compile(r"\S+@\S+|https?://\S+|\S*\d\S*")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


@dataclass(frozen=True)
class _Tongue:
    strong: frozenset[str]
    weak: frozenset[str]
    alone: frozenset[str]
    marks: frozenset[str]
    names: frozenset[str]
    answers: frozenset[str]

    def weight(self, words: set[str]) -> float:
        strong = len(words & self.strong)
        return strong + _WEAK * len(words & self.weak) if strong else 0.0


def tongue(text: str) -> str | None:
    """Tell the language of a message that is surely not English.

    Returns
    -------
    "es", "fr", "de", "it", "pt" or "nl"; "other" for another script; None for English, for what is too short or too
    mixed to tell ("crème fraîche", "por favor send me my invoice"), and for a bare yes or no ("oui, s'il vous plaît").
    """
    plain = unicodedata.normalize("NFC", text.lower().replace("’", "'"))
    if _in_another_script(plain):
        return OTHER
    words, known = _WORD.findall(_NOISE.sub(" ", plain)), _tongues()
    if not words or any(each.answers.issuperset(words) for each in known.values()):
        return None
    found = {*words, *(part for word in words for part in word.split("-"))}
    weights = {
        name: each.weight(found) + (_MARK if each.marks & set(plain) else 0.0)
        for name, each in known.items()
        if name not in (_ENGLISH, OTHER)
    }
    best = max(weights, key=lambda name: weights[name])
    if len(words) == 1 and words[0] in known[best].alone:
        return best
    english = known[_ENGLISH].weight(found)
    sure = weights[best] >= max(_LEAST_WEIGHT, _LEAST_LEAD * english) and weights[best] >= _LEAST_SHARE * len(words)
    return best if sure else None


def tongue_named(text: str) -> str | None:
    """Tell which language a message speaks of: "do you speak spanish?" gives "es"; English only where no other is."""
    found = set(_WORD.findall(text.lower()))
    named = [name for name, each in _tongues().items() if found & each.names]
    return next((name for name in named if name != _ENGLISH), named[0] if named else None)


def _in_another_script(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    foreign = sum(not unicodedata.name(character, "").startswith(("LATIN", "MICRO")) for character in letters)
    return foreign >= _FEWEST_LETTERS and foreign >= _FOREIGN_SCRIPT * len(letters)


@cache
def _tongues(path: Path = WORDS) -> Mapping[str, _Tongue]:
    told: dict[str, dict[str, str]] = load_yaml(path.read_text(encoding="utf-8"))
    return {
        name: _Tongue(
            strong=frozenset(each.get("strong", "").split()),
            weak=frozenset(each.get("weak", "").split()),
            alone=frozenset(each.get("alone", "").split()),
            marks=frozenset(each.get("marks", "")),
            names=frozenset(each.get("names", "").split()),
            answers=frozenset(each.get("answers", "").split()),
        )
        for name, each in told.items()
    }
