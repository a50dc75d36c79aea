"""What a customer wrote, made fit for a training file: nothing in it may tell who she is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from language.redaction import is_redacted

#: Longer messages tell a story; a training sentence says one thing.
_LONGEST = 160
_EMAIL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>().,;!?]+")
_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.I)
#: Seven digits and more, in groups as people write phone numbers, dates of birth and the like.
_PHONE = re.compile(r"(?<!\w)\+?\(?\d(?:[ ().\-/]{0,2}\d){6,}(?!\w)")
#: Four digits and more in one word: an order's number, a year, a post code.
_NUMBER = re.compile(r"(?<!\w)#?[A-Za-z]{0,3}-?\d{4,}(?:-\d+)*(?!\w)")
_ADDRESS = re.compile(
    r"\d+\w?,?\s+(?:[\w.']+\s+){0,3}(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|way"
    r"|place|square|apartment|apt|suite|unit)\b|\b(?:p\.?\s?o\.?\s?box|apt\.?|apartment|suite|unit|flat)\s*#?\d",
    re.I,
)
_INTRODUCED = re.compile(
    r"\b(?:my (?:full |first |last |sur)?name(?:'s|’s| is)|name:|i am called|they call me|this is (?-i:[A-Z])"
    r"|(?:i am|i'm|i’m|im) (?-i:[A-Z])|(?:mr|mrs|ms|dr)\.? (?-i:[A-Z]))",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
#: What stands in for what was taken out; the hand-written sentences say it so, too.
_EMAIL_INSTEAD, _PHONE_INSTEAD, _NUMBER_INSTEAD = "me@example.com", "555 0100", "40251"


@dataclass(frozen=True, slots=True)
class Names:
    """Whom a sentence must not name. Words in small letters.

    `people` : of anybody the shop knows. `common` : words that are in use and may begin with a capital for no reason.
    """

    people: frozenset[str]
    common: Collection[str]

    @classmethod
    def of(cls, names: Iterable[str], common: Collection[str]) -> Names:
        """Take names apart into words."""
        return cls(frozenset(_name_words(names)), common)


def teachable(text: str, whose: Iterable[str], names: Names) -> tuple[str, str]:
    """Make a training sentence of a message, or say why it cannot be one.

    Parameters
    ----------
    text : as it is stored; card numbers and passwords are out of it already.
    whose : the names of the customer who wrote it.
    names : of everybody else.

    Returns
    -------
    (sentence, reason) : one of the two is empty. E-mail addresses, phone and order numbers give way to made-up ones.
    """
    line = _one_line(text)
    reason = _unfit(line, frozenset(_name_words(whose)), names)
    if reason:
        return "", reason
    line = _EMAIL.sub(_EMAIL_INSTEAD, line)
    line = _PHONE.sub(_PHONE_INSTEAD, line)
    return _NUMBER.sub(lambda found: found.group() if found.group() == "0100" else _NUMBER_INSTEAD, line), ""


def _one_line(text: str) -> str:
    """Drop what a training file would read as its own: line breaks, controls, brackets of entities, list marks."""
    visible = "".join(one for one in text if one.isspace() or unicodedata.category(one)[0] != "C")
    if is_redacted(visible):
        return visible
    return " ".join(re.sub(r"[\[\]{}|`\\]", " ", visible).split()).lstrip("-*#/>:&!%@?, ")


def _unfit(line: str, own: frozenset[str], names: Names) -> str:
    if is_redacted(line):
        return "secret"
    if not any(one.isalpha() for one in line):
        return "no_words"
    if len(line) > _LONGEST:
        return "too_long"
    if _LINK.search(line):
        return "link"
    if _ADDRESS.search(line):
        return "address"
    return "name" if _INTRODUCED.search(line) or _named(line, own, names) else ""


def _named(line: str, own: frozenset[str], names: Names) -> bool:
    for word in _WORD.findall(_EMAIL.sub(" ", line)):
        lower = _bare(word)
        if lower in own:
            return True
        if word[0].isupper() and lower in names.people and lower not in names.common:
            return True
    return False


def _name_words(names: Iterable[str]) -> Iterable[str]:
    """Give the words of names in small letters; an initial is no name."""
    return (_bare(word) for name in names for word in _WORD.findall(name) if len(word) > 1)


def _bare(word: str) -> str:
    return re.sub(r"['’]s$", "", word.lower())
