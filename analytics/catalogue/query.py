"""What a customer looks for, read out of her words: concepts that must or may be met, and the thing itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analytics.catalogue.words import stem, stems_of, words_of
from language.yaml_text import load_yaml

_WITHOUT = re.compile(r"\bwithout (?:any |added )?(\w+)")
_NO = re.compile(r"\bno (?:added )?(sugar|gluten|lactose|salt|fat|dairy|caffeine)\b")
#: What follows these describes the thing before them: "milk for my baby".
_DESCRIBING = frozenset({"for", "with"})


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing said: `ways` are alternatives, each a tuple of stems that must all be met."""

    ways: tuple[tuple[str, ...], ...]
    #: Whether nothing may be shown that does not meet it.
    required: bool


def read_query(text: str, synonyms: Mapping[tuple[str, ...], Sequence[tuple[str, ...]]]) -> list[Concept]:
    """Read a customer's words.

    Parameters
    ----------
    text : "do you have decaf coffee?".
    synonyms : stems of a phrase → stems of what the catalogue says instead; the longest phrase wins.

    Returns
    -------
    Concepts in order; the thing itself (the last word before "for" or "with") and strict words are required. Empty
    where the words name no product.
    """
    stems, head_end = _content(text)
    strict = _vocabulary()["strict"]
    concepts: list[Concept] = []
    at = 0
    while at < len(stems):
        length = next((n for n in range(len(stems) - at, 0, -1) if tuple(stems[at : at + n]) in synonyms), 1)
        phrase = tuple(stems[at : at + length])
        end = at + length
        required = at < head_end <= end or any(word in strict for word in phrase)
        concepts.append(Concept(ways=_ways(phrase, synonyms), required=required))
        at = end
    return concepts


def _ways(
    phrase: tuple[str, ...], synonyms: Mapping[tuple[str, ...], Sequence[tuple[str, ...]]]
) -> tuple[tuple[str, ...], ...]:
    """Give what the catalogue may say for a phrase; of several words the phrase itself too, if it should sell that."""
    others = tuple(synonyms.get(phrase, ()))
    return (*others, phrase) if len(phrase) > 1 or not others else others


def _content(text: str) -> tuple[list[str], int]:
    """Give the stems that carry meaning, and the position after the one that names the thing."""
    stems: list[str] = []
    head_end = 0
    fillers = _vocabulary()["fillers"]
    said = _WITHOUT.sub(r"with \1 free", text.lower())
    for word in words_of(_NO.sub(r"\1 free", said)):
        if word in _DESCRIBING:
            head_end = head_end or len(stems)
        elif stem(word) not in fillers:
            stems.append(stem(word))
    return stems, head_end or len(stems)


@cache
def _vocabulary() -> dict[str, frozenset[str]]:
    lists = load_yaml((Path(__file__).parent / "english.yml").read_text(encoding="utf-8"))
    return {name: frozenset(stems_of(words)) for name, words in lists.items()}
