"""What somebody says of her tastes: "I don't like peanuts", "we're vegan", "I prefer decaf", "forget that I like tea".

Only what is said of a thing by name counts. "I don't like it" points at something shown, which is another matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

TasteKind = Literal["likes", "dislikes", "diets"]

_WHO = (
    r"(?:i|we|my\s+(?:kids?|children|son|daughter|husband|wife|partner|family|boys?|girls?|mum|mom|dad|toddler)"
    r"|our\s+(?:kids?|children|family))"
)
_HOW = r"(?:(?:really|absolutely|just|so|do|also|always|usually|mostly|only|ever|all|both|truly|actually|rather)\s+)*"
_NOT = r"(?:don'?t|do\s+not|doesn'?t|does\s+not|never|can'?t|cannot|can\s+not|won'?t|shouldn'?t|hardly\s+ever)"
_VERB = (
    r"(?:like|eat|drink|want|buy|use|stand|bear|enjoy|fancy|tolerate|digest|touch|have|take|care\s+for|consume|do"
    r"|stomach|need)"
)
_DISLIKES = (
    rf"\b{_WHO}\s+{_HOW}{_NOT}\s+{_HOW}{_VERB}\s+(?:to\s+(?:eat|drink|have|buy)\s+)?",
    rf"\b{_WHO}\s+{_HOW}(?:hates?|dislikes?|detests?|loathes?|avoids?|despises?|stay\s+away\s+from|keep\s+off)\s+",
    rf"\b(?:{_WHO}\s+(?:am|are|is)|i'?m|we'?re)\s+{_HOW}(?:\w+ly\s+)?(?:allergic|intolerant|sensitive|averse)\s+to\s+",
    rf"\b(?:{_WHO}\s+(?:am|are|is)|i'?m|we'?re)\s+(?:not\s+(?:a\s+(?:big\s+)?fan\s+of|into|fond\s+of|keen\s+on))\s+",
    r"\b(?:nothing|anything|something|products?|things?|food)\s+(?:with(?:out)?|containing)\s+",
    r"\b(?:please\s+)?(?:don'?t|do\s+not|never|stop|no\s+more)\s+(?:ever\s+)?(?:suggest|recommend|show|offer)(?:ing)?"
    r"(?:\s+(?:to\s+)?me)?\s+",
    r"^\W*(?:please\s+)?no\s+(?:more\s+)?(?=\w+(?:\s+\w+)?\s+(?:for\s+(?:me|us)|please|ever))",
    r"\bno\s+more\s+(?:of\s+(?:that|those|the)\s+)?(?=[\w -]{1,40}?\s+(?:suggestions?|recommendations?)\b)",
    r"\b(?:leave|keep)\s+out\s+",
)
_LIKES = (
    rf"\b{_WHO}\s+{_HOW}(?:likes?|loves?|prefers?|enjoys?|adores?|favou?rs?|go(?:es)?\s+for)\s+"
    r"(?:to\s+(?:eat|drink|have|buy)\s+)?",
    rf"\b(?:{_WHO}\s+(?:am|are|is)|i'?m|we'?re)\s+(?:a\s+)?(?:(?:big|huge|great)\s+)?(?:fans?\s+of|fond\s+of|into"
    r"|keen\s+on|crazy\s+about|mad\s+about)\s+",
    r"\bmy\s+(?:\w+\s+)?favou?rites?(?:\s+\w+)?\s+(?:is|are)\s+",
    rf"\b{_WHO}\s+(?:always|only|mostly|usually)\s+(?:drink|eat|buy|take|use|have)s?\s+",
)
_DIETS: dict[str, str] = {
    "vegetarian": r"vegetarians?|veggie|meat[\s-]?free|meatless",
    "vegan": r"vegans?|plant[\s-]based",
    "pescatarian": r"pescatarians?|pescetarians?",
    "gluten free": r"gluten[\s-]?free|coeliacs?|celiacs?|gluten[\s-]intolerant",
    "lactose free": r"lactose[\s-]?free|dairy[\s-]?free|lactose[\s-]intolerant",
    "halal": r"halal",
    "kosher": r"kosher",
}
_DIET = re.compile("|".join(f"(?P<d{number}>{words})" for number, words in enumerate(_DIETS.values())), re.I)
#: Says that a diet is hers, not that she looks for such a product.
_HERS = re.compile(
    rf"\b(?:{_WHO}\s+(?:am|are|is|eats?|keeps?|follows?|lives?|have\s+to\s+eat|went|go|turned|became|only\s+eats?)"
    r"|i'?m|we'?re|i'?ve\s+(?:become|gone|turned)|(?:my|our)\s+(?:diet|food|household|home)\s+is)\s+"
    rf"(?:(?:an?|on|the|strictly|strict|mostly|fully|now|all|eating|living|keeping|following|{_HOW})\s*)*$",
    re.I,
)
_FORGET = re.compile(
    r"\b(?:forget|delete|remove|drop|erase|scratch|ignore|unlearn|take\s+back|take|clear|reset)\b"
    r"(?=.*\b(?:that|what|about|from|my|preferences?|tastes?|likes?|dislikes?)\b)",
    re.I,
)
_ALL_OF_IT = re.compile(r"\bmy\s+(?:\w+\s+){0,2}(?:preferences?|tastes?|likes?|dislikes?|diets?)\b", re.I)
_NOT_ANY_MORE = re.compile(r"\b(?:any\s*more|no\s+longer|not\b(?!\s+(?:like|eat|drink)))", re.I)
#: "I do like olives after all", "I eat meat again".
_AGAIN = re.compile(
    rf"\b{_WHO}\s+(?:can\s+|do\s+|now\s+)*(?:like|eat|drink|have|use|buy|tolerate)s?\s+"
    r"(?P<thing>[\w' -]+?)\s+(?:again|after\s+all|now|these\s+days)\b|"
    r"\b(?:you\s+(?:can|may)\s+)(?:suggest|recommend|show(?:\s+me)?|offer(?:\s+me)?)\s+(?P<shown>[\w' -]+?)\s+again\b",
    re.I,
)
_FROM_MINE = re.compile(
    r"\b(?:remove|delete|drop|erase|take)\s+(?P<thing>[\w' -]+?)\s+(?:off|from)\s+(?:my|the)\s+(?:\w+\s+)?"
    r"(?:preferences?|tastes?|likes?|dislikes?|profile)\b",
    re.I,
)
#: Where a thing ends.
_END = re.compile(
    r"[.!?;:()\n]|,\s*(?!(?:and|or)\b|[\w-]+(?:,|\s+(?:and|or)\b|$))|\s+(?:but|because|since|so|as|when|if|which|that"
    r"|than|over|to\s+(?!eat)|rather|instead|suggestions?|recommendations?|at\s+all|very\s+much|much|a\s+lot|please|pls|thanks|thank|any\s*more|though"
    r"|either|at|for|in|with|do|can|could|what|which|i|we|to)\b|\s-\s",
    re.I,
)
_PARTS = re.compile(r"\s*(?:,|\band\b|\bor\b|\bnor\b|&)\s*(?:and\s+|or\s+)?", re.I)
_LEAD = re.compile(
    r"^(?:(?:the|a|an|any|some|my|more|to|eating|drinking|buying|having|all|too|much|many|of|kinds?|sorts?|taste)\s+)+",
    re.I,
)
#: What points at something shown, or is no thing to like.
_NO_THING = frozenset(
    """
    it that this these those them one ones something anything nothing everything things stuff thing product products
    item items first second third last any all both such like here there me you him her us to know more suggestion
    suggestions recommendation recommendations offer offers shop store chat bot answer service idea ideas people person
    persons human humans help order orders delivery money price prices none other others talking reading writing paying
    colleague agent someone somebody person email emails mail mails newsletter phone call calls be
    """.split()  # noqa: SIM905  a paragraph of words reads better than eighty quoted ones
)
_WORDS_AT_MOST = 4


@dataclass(frozen=True, slots=True)
class Taste:
    """One statement; `text[start:end]` is the thing as she wrote it, `thing` in lower case."""

    kind: TasteKind
    thing: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tastes:
    """What a message states and what it takes back; `forgets_all` where she means all she has said."""

    stated: tuple[Taste, ...] = ()
    taken_back: tuple[Taste, ...] = ()
    forgets_all: bool = False


def tastes_in(text: str) -> Tastes:
    """Read a message; everything empty where it says nothing of tastes."""
    again = _taken_back(text)
    if again:
        return Tastes(taken_back=again)
    said = tuple(_diets(text)) + tuple(_things(text))
    if _FORGET.search(text):
        return Tastes(taken_back=said, forgets_all=not said and bool(_ALL_OF_IT.search(text)))
    ended = tuple(taste for taste in said if taste.kind == "diets" and _ended(text, taste))
    return Tastes(stated=tuple(taste for taste in said if taste not in ended), taken_back=ended)


def _taken_back(text: str) -> tuple[Taste, ...]:
    found = _FROM_MINE.search(text)
    if found:
        return tuple(
            Taste(kind, taste.thing, taste.start, taste.end)
            for taste in _named(text, "likes", found.start("thing"), found.end("thing"))
            for kind in ("likes", "dislikes", "diets")
        )
    found = _AGAIN.search(text)
    if found is None:
        return ()
    which = "thing" if found["thing"] else "shown"
    return tuple(_named(text, "dislikes", found.start(which), found.end(which)))


def _ended(text: str, taste: Taste) -> bool:
    """Whether a diet is said to be over: "I'm not vegetarian any more"."""
    return bool(_NOT_ANY_MORE.search(text[max(taste.start - 25, 0) : taste.end + 12]))


def _diets(text: str) -> Iterator[Taste]:
    for match in _DIET.finditer(text):
        before = re.sub(r"\b(?:not|no\s+longer)\b", "", text[: match.start()])
        if _HERS.search(before) and not re.match(r"[\s-]+(?:bread|pasta|milk|cheese|food\s+for)", text[match.end() :]):
            name = next(name for number, name in enumerate(_DIETS) if match[f"d{number}"])
            yield Taste("diets", name, match.start(), match.end())


def _things(text: str) -> Iterator[Taste]:
    """Give likes and dislikes; a piece that reads as a dislike is no like as well."""
    taken: list[range] = []
    ways: tuple[tuple[TasteKind, tuple[str, ...]], ...] = (("dislikes", _DISLIKES), ("likes", _LIKES))
    for kind, patterns in ways:
        for pattern in patterns:
            for match in re.finditer(pattern, text, re.I):
                if any(match.start() in span or match.end() in span for span in taken):
                    continue
                named = list(_named(text, kind, match.end(), len(text)))
                if named:
                    taken.append(range(match.start(), named[-1].end + 1))
                    yield from named


def _named(text: str, kind: TasteKind, start: int, end: int) -> Iterator[Taste]:
    """Give the things that stand from `start` on: "peanuts, raisins and mint"."""
    beyond = _END.search(text, start, end)
    end = beyond.start() if beyond else end
    begin = start
    for border in [*_PARTS.finditer(text, start, end), None]:
        stop = border.start() if border else end
        piece = text[begin:stop]
        lead = _LEAD.match(piece.lstrip())
        offset = len(piece) - len(piece.lstrip()) + (lead.end() if lead else 0)
        thing = piece[offset:].rstrip(" ,'\"").lower()
        if _is_thing(thing):
            yield Taste(kind, thing, begin + offset, begin + offset + len(thing))
        elif begin == start:
            return
        begin = border.end() if border else end


def _is_thing(thing: str) -> bool:
    words = re.findall(r"[^\W_]+(?:['’-]\w+)*", thing)
    return 0 < len(words) <= _WORDS_AT_MOST and not _NO_THING & set(words) and any(len(word) > 2 for word in words)
