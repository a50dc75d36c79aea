"""What a message wants of a shopping list: what is to be done, and which things it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from language.quantity import COUNT, quantity_of

ListWish = Literal["add", "remove", "clear", "show"]

_LIST = r"(?:shopping|grocery|groceries|buying|shop)?[\s-]*list"
_MY_LIST = rf"(?:(?:my|the|our|this|that|a|your)\s+)*(?:whole\s+|entire\s+|new\s+)?{_LIST}"
_CLEAR = re.compile(
    rf"\b(?:clear|empty|wipe|reset|delete|erase|bin|scrap|trash|throw away|remove)\b(?:\s+out)?\s+{_MY_LIST}"
    r"(?:\s+(?:please|now|and\b.*))?\W*$"
    r"|\b(?:remove|delete|clear|take|wipe|cross)\s+(?:everything|all(?:\s+of\s+(?:it|them))?|all\s+items)\b"
    rf"|\bstart\s+(?:over|again|(?:a\s+)?(?:new|fresh)\s+{_LIST})|\bnew\s+(?:empty\s+)?{_LIST}\W*$",
    re.I,
)
_REMOVE = re.compile(
    r"\b(?:remove|delete|scratch|strike|drop|erase|cross)\b|\btake\b.*\boff\b"
    r"|\b(?:no longer|don'?t|do not) need|\bno longer needed\b"
    r"|\b(?:got|bought)\b.*\balready\b|\balready\s+(?:got|bought|have)\b|\boff\s+(?:my|the)\s+(?:\w+\s+)?list\b",
    re.I,
)
_ADD = re.compile(
    r"\b(?:add(?:ed)?|ad|put|pop|stick|throw|chuck|include|note(?:\s+down)?|write(?:\s+down)?|jot|save|plus|also|append"
    r"|place|get|list:)(?:\b|(?<=:))|\b(?:i|we)(?:\s+also)?\s+need\b|\bremind me (?:to|about)\b"
    r"|\b(?:on|to|onto|for)\s+(?:my|the|our)\s+(?:\w+\s+)?list\b|\b(?:make|create|start)\b.*\blist\b.*(?:\bwith\b|:)",
    re.I,
)
_SHOW = re.compile(
    rf"\b(?:show|see|read|view|open|display|tell me|check|print|pull up|look)\b.*\b{_LIST}\b"
    rf"|\b(?:what|which)(?:'?s)?\b.*\b(?:on|in|to)\b.*\b{_LIST}\b|^\W*(?:my\s+)?{_LIST}\W*$",
    re.I,
)
_VERBS = (
    r"(?:add|ad|put|pop|stick|throw|chuck|include|note(?:\s+down)?|write(?:\s+down)?|jot(?:\s+down)?|save|append|place"
    r"|get|remove|delete|scratch|strike|drop|erase|cross(?:\s+off)?|take|need|want|forget|buy|bought|got"
    r"|like|remind me about)"
)
#: "… add chips and salsa to my list, we're having guests": the things stand between the verb and the list.
_FRAMED = re.compile(
    rf"\b{_VERBS}\s+(?P<things>(?:(?!\b(?:add|put|take|remove)\s).)+?)\s+(?:added\s+)?"
    rf"(?:on|to|onto|in|into|from|off|of)\s+(?:of\s+)?{_MY_LIST}\b",
    re.I | re.S,
)
#: What stands before the things: "could you please put …".
_BEFORE = re.compile(
    r"^\W*(?:(?:i'?d|i'?m|we'?re|it'?s|let'?s|hi|hello|hey|ok|okay|please|pls|plz|and|so|also|then|now|oh|yes|no|wait"
    r"|actually|just|can|could|would|will|you|u|i|we|like|want|wanna|need|to|go ahead and|remind me(?: to| about)?|buy"
    r"|get|me|have|got|already|don'?t|do not|no longer|longer|bought|add|ad|put|pop|stick|throw|chuck|include"
    r"|keep a note|that|note|write|jot|save|append|place|down|remove|delete|scratch|strike|drop|erase|cross|take"
    r"|off|out|the|some|a few|in|on|onto|my|our|make|create|start|a|new|with|for|shopping|grocery|list|let|forget|is"
    r"|are)\b[\s,:]*)+",
    re.I,
)
_AFTER = re.compile(
    rf"[\s,]*\b(?:(?:added\s+)?(?:on|to|onto|in|into|from|off|of|for)\s+(?:of\s+)?{_MY_LIST}|off|again|please|pls|plz"
    r"|too|as well|anymore|any more|already|is no longer needed"
    r"|next time i shop|thanks|thank you|for me|down|now|there|next time)\W*$",
    re.I,
)
_BETWEEN = re.compile(r"\s*(?:[,;\n•]|\s-\s|\band\b|&|\+|\bplus\b|\balso\b)\s*", re.I)
_COUNT = re.compile(rf"^(?:an?\s+)?(?P<count>{COUNT})(?:\s*x)?\s+(?:of\s+)?(?P<name>\S.*)$", re.I)
_UNIT = re.compile(
    r"^(?:packs?|packets?|boxes|box|bottles?|cans?|bags?|jars?|cartons?|loaves|loaf|times)\s+of\s+", re.I
)
_ARTICLE = re.compile(r"^(?:(?:the|some|a|an|any|more|my|our|of)\s+)+", re.I)
_POINTING = re.compile(
    r"\b(?:it|that|this|these|those|them|ones?|first|second|third|last|1st|2nd|3rd|both|all)\b", re.I
)
_MANY = re.compile(r"\b(?:these|those|them|both|all)\b", re.I)
_NOT_A_THING = frozenset(
    """
    it that this these those them one ones something anything things stuff item items product list everything all both
    first second third last there here of else more
    """.split()  # noqa: SIM905  two lines of words read better than thirty quoted ones
)
#: Two words that are one thing, kept together where "and" parts things.
_PAIRS = re.compile(r"\b(half|mac|fish|salt|head|bubble) and (half|cheese|chips|vinegar|shoulders|squeak)\b", re.I)
_QUESTION = re.compile(r"^\W*(?:do|does|is|are|am|what|which|how|have i|did)\b|\?\s*$", re.I)
_ASKED_KINDLY = re.compile(r"\b(?:add|put|include|remind|remove|take|delete|get|place)\b", re.I)
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)")
MOST_THINGS = 20


@dataclass(frozen=True, slots=True)
class Thing:
    """Something named for a list; `quantity` None where none was said."""

    name: str
    quantity: int | None = None


def wish_in(text: str) -> ListWish:
    """Give what is to be done with the list; to be shown it where nothing else is said."""
    if _CLEAR.search(text):
        return "clear"
    if _SHOW.search(text) or (_QUESTION.search(text) and not _ASKED_KINDLY.search(text)):
        return "show"
    if _REMOVE.search(text):
        return "remove"
    return "add" if _ADD.search(text) else "show"


def things_in(text: str) -> list[Thing]:
    """Give the things a message names: "2 milk, a dozen eggs and bread" → milk (2), eggs (12), bread."""
    told = _SENTENCE_END.split(text.strip(), maxsplit=1)[0]
    framed = _FRAMED.search(told)
    if framed:
        found = _parted(framed["things"])
        if found or "," not in told[: framed.start()]:
            return found
        told = told[: framed.start()]  # "the milk is for me, put it on my list"
    return _parted(told)


def _parted(told: str) -> list[Thing]:
    told = _BEFORE.sub("", _PAIRS.sub(r"\1_and_\2", told.strip(" \t,-•")) + " ")
    while _AFTER.search(told):
        told = _AFTER.sub("", told)
    found = [_thing(part.replace("_and_", " and ")) for part in _BETWEEN.split(told)]
    named = {thing.name: thing for thing in found if thing is not None}
    return list(named.values())[:MOST_THINGS]


def points_at_shown(text: str) -> bool:
    """Whether it speaks of what was shown: "the second one", "add it"."""
    return bool(_POINTING.search(text))


def points_at_all(text: str) -> bool:
    """Whether all that was shown is meant."""
    return bool(_MANY.search(text))


def _thing(part: str) -> Thing | None:
    name, quantity = _ARTICLE.sub("", part.strip(" \t.!?:*\"'()-•")), None
    counted = _COUNT.match(name)
    if counted:
        name, quantity = counted["name"], quantity_of(counted["count"])
    name = _ARTICLE.sub("", _UNIT.sub("", name)).strip()
    words = re.findall(r"[^\W_]+", name.lower())
    if not words or all(word in _NOT_A_THING for word in words):
        return None
    return Thing(name.lower(), quantity)
