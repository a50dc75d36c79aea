"""What a message wants changed among the items of an order: "make it 3 milks", "swap the cereal for granola"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from actions.list_reading import Thing, things_in
from language.quantity import NUMBER, quantity_of

_ORDER = (
    r"(?:in|to|from|on|of|onto|into|out of|off|with|for)\s+(?:(?:my|the|this|that|our|a|an)\s+)*(?:\w+\s+)?"
    r"(?:order|delivery|basket|cart|purchase)(?:\s*(?:number|no\.?|#)?\s*#?\w?\d{3,})?"
    r"|\b(?:in|to|from|on|of|for)?\s*order\s*(?:number|no\.?|#)?\s*#?\w?\d{3,}"
)
_CLUTTER = re.compile(
    rf"{_ORDER}|#?\b\w?\d{{4,}}\b"
    r"|\b(?:please|pls|plz|thanks|thank you|for me|if possible|as well|too|again|instead|altogether|actually"
    r"|any\s?more|completely|that i ordered|i ordered|my order|the order)\b",
    re.I,
)
_SWAP = re.compile(
    r"\b(?:swap|swop|replace|exchange|switch|substitute|trade|change)\s+(?:out\s+)?(?P<old>.+?)\s+"
    r"(?:for|with|by|to|into|against)\s+(?P<new>.+)",
    re.I,
)
_INSTEAD = re.compile(r"(?P<new>.+?)\s+(?:instead\s+of|rather\s+than|in\s+place\s+of)\s+(?P<old>.+)", re.I)
_SET = re.compile(
    r"\b(?:change|make|set|reduce|increase|lower|raise|cut|bump|update|turn|drop|bring)\s+(?P<what>.+?)\s+"
    rf"(?:(?:down|up)\s+)?(?:to|into)?\s*(?:only\s+|just\s+)?(?P<count>{NUMBER})(?:\s+(?:of\s+them|pieces?|packs?|"
    r"bottles?|units?|items?))?\W*$",
    re.I,
)
_MAKE = re.compile(rf"\b(?:make\s+(?:it|that|them)|only|just)\s+(?P<count>{NUMBER})\s+(?P<what>\S.*)", re.I)
_WANT = re.compile(rf"\b(?:want|need|like|have)\s+(?P<count>{NUMBER})\s+(?P<what>(?!more\b|extra\b)\S.*)", re.I)
_TOO_MANY = re.compile(
    rf"\b(?:ordered|bought|took|clicked|have|got)\s+(?:{NUMBER}\s+)(?P<what>.+?),?\s+(?:but|and|while|when)\s+(?:i\s+)?"
    rf"(?:only|just|actually)?\s*(?:need|want|meant|wanted)\s+(?:only\s+|just\s+)?(?P<count>{NUMBER})\b",
    re.I,
)
_REMOVE = re.compile(
    r"\b(?:remove|take\s+(?:off|out|away)|take|drop|delete|leave\s+(?:off|out)"
    r"|leave(?=.*\b(?:off|out)\b)|cancel|skip|without|get\s+rid\s+of|kick\s+out|no\s+longer\s+(?:need|want)"
    r"|(?:do\s*n'?o?t|dont)\s+(?:need|want)|forget|lose|scratch|minus|less|fewer)\b",
    re.I,
)
_ADD = re.compile(
    r"\b(?:add|ad|include|put|throw|toss|pop|order|get|also|more|another|extra|additional|plus|forgot|need|want|like"
    r"|have)\b",
    re.I,
)
_MORE = re.compile(rf"\b(?:(?P<count>{NUMBER})\s+)?(?:more|another|extra|additional|further)\b", re.I)
_ONE_OF = re.compile(rf"\b(?P<count>{NUMBER})\s+of\s+(?:the|my|those|these)\b", re.I)
#: A comma or "and" parts clauses only before a word that begins one.
_CLAUSES = re.compile(
    r"[.;!?\n]+\s*|\s*(?:,|\band\b|\bbut\b|\bthen\b)\s*(?:and\s+|then\s+|also\s+|please\s+)*"
    r"(?=(?:please\s+)?(?:add|remove|take|swap|replace|exchange|switch|change|make|put|include|drop|delete|leave|set"
    r"|reduce|increase|cancel|without|also|i\s+(?:don'?t|also|want|need)|no\s+longer)\b)",
    re.I,
)
_HOLLOW = re.compile(
    r"\b(?:out|off|away|down|up|take|leave|make|only|just|quantity|amount|number|want|need|like|have|got|one\s+of\s+the"
    r"|more|another|extra|additional|further|of|can|could|would|will|you|i|we|forgot|forgotten|change|edit|modify"
    r"|update|still|something|anything|items?|things?|them|it|that|this|u|to|my|some)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Edit:
    """One change she wants: of `add` and `remove` the quantity is how many, of `set` how many there shall be."""

    wish: Literal["add", "remove", "set"]
    name: str
    #: None where none was said: one more, or all of it out.
    quantity: int | None = None
    #: The thing in whose place it comes, whose quantity it takes where none was said.
    instead_of: str = ""


def edits_in(text: str) -> list[Edit]:
    """Give the changes a message asks for, in order; none where it only says that something is to be changed."""
    found: list[Edit] = []
    for clause in _CLAUSES.split(text):
        too_many = _TOO_MANY.search(clause)
        if too_many:
            found.extend(_set(too_many))
            continue
        told = re.sub(r"\s+", " ", _CLUTTER.sub(" ", clause)).strip(" ,.!?")
        if told:
            found.extend(_edits(told if "instead" not in clause.lower() else _plain(clause), found))
    return found


def swap_in(text: str) -> tuple[str, str]:
    """Give what goes and what comes instead ("the pizza", "spaghetti"); what is not said is empty."""
    told = _plain(text)
    swapped = _INSTEAD.search(told) or _SWAP.search(told)
    return (swapped["old"].strip(), swapped["new"].strip()) if swapped else ("", "")


def _plain(clause: str) -> str:
    told = re.sub(rf"{_ORDER}|\b(?:please|pls|plz|thanks|thank you|for me)\b", " ", clause, flags=re.I)
    return re.sub(r"\s+", " ", told).strip(" ,.!?")


def _edits(told: str, before: list[Edit]) -> list[Edit]:
    instead = _INSTEAD.search(told)
    if instead:
        return _swapped(instead["old"], instead["new"])
    counted = _SET.search(told) or _MAKE.search(told)
    swapped = None if counted else _SWAP.search(told)
    if swapped:
        return _swapped(swapped["old"], swapped["new"])
    counted = counted or (None if _MORE.search(told) or _REMOVE.search(told) else _WANT.search(told))
    return _set(counted) if counted else _listed(told, before)


def _listed(told: str, before: list[Edit]) -> list[Edit]:
    """Read a clause that puts things in or takes them out; one without a verb goes on with the clause before."""
    if _REMOVE.search(told):
        return [_edit("remove", thing) for thing in _things(told, _REMOVE)]
    more = _MORE.search(told)
    if more:
        count = quantity_of(more["count"] or "one")
        return [replace(_edit("add", thing), quantity=thing.quantity or count) for thing in _things(told, _ADD)]
    if _ADD.search(told):
        return [_edit("add", thing) for thing in _things(told, _ADD)]
    return [_edit(before[-1].wish, thing) for thing in _things(told, _ADD)] if before else []


def _set(counted: re.Match[str]) -> list[Edit]:
    count = quantity_of(counted["count"])
    names = _things(counted["what"], _ADD)
    return [Edit("set", thing.name, count) for thing in names[:1]]


def _swapped(old: str, new: str) -> list[Edit]:
    """A swap, or another quantity of the same: "3 milks instead of 2"."""
    old_count, new_count = quantity_of(old), quantity_of(new)
    if old_count is not None:
        return [Edit("set", thing.name, thing.quantity) for thing in _things(new, _ADD) if thing.quantity]
    if new_count is not None:
        return [Edit("set", thing.name, new_count) for thing in _things(old, _ADD)[:1]]
    gone, come = _things(_part(old), _ADD), _things(new, _ADD)
    if not gone or not come:
        return []
    return [
        *(_edit("remove", thing) for thing in gone),
        *(replace(_edit("add", thing), instead_of=gone[0].name) for thing in come),
    ]


def _part(told: str) -> str:
    """Write "one of the milks" as "1 milks"."""
    part = _ONE_OF.search(told)
    return f"{quantity_of(part['count'])} {told[part.end() :]}" if part else told


def _edit(wish: Literal["add", "remove", "set"], thing: Thing) -> Edit:
    return Edit(wish, thing.name, thing.quantity)


def _things(told: str, verbs: re.Pattern[str]) -> list[Thing]:
    """Give the things in what is left without the verbs; of "two more milks" the milks."""
    counted = _MORE.sub(lambda found: f"{found['count'] or ''} ", _part(told))
    bare = _HOLLOW.sub(" ", verbs.sub(" ", counted))
    return things_in(re.sub(r"\s+", " ", bare))
