"""Dialogues told as data: who she is, what she says or presses, the words that decide, and the store at the end.

A file of `tests/conversations/dialogues/` is a list of::

    - name: an order is cancelled after a yes
      as: ana                          # left out: a visitor
      turns:
        - says: please cancel my order
          hears: "51010"                # a pattern, or several that must all be found, whatever the case
          never: "51020"                # patterns that must not be found
        - chooses: Yes, cancel it
        - leaves: true                 # closes the tab; the next message opens it again
        - signs_in: ana
      store:
        order_requests: {columns: [kind, order_id], rows: [[cancel, "51010"]]}
      owner: bot                       # who answers at the end: bot or queue
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from language.yaml_text import load_yaml
from tests.support.dialogue_house import CornerShop
from tests.support.gateway_talk import GatewayTalk, Heard

FOLDER = Path(__file__).parents[1] / "conversations" / "dialogues"
#: Files whose dialogues are held in a shop of their own.
OTHER_SHOPS = frozenset({"tau_retail"})
_KEYS = {"name", "as", "turns", "store", "owner"}
_TURN_KEYS = {"says", "chooses", "leaves", "signs_in", "hears", "never", "offers", "cards"}


@dataclass(frozen=True)
class Script:
    """One dialogue of a file."""

    topic: str
    told: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.topic}: {self.told['name']}"

    def play(self, corner: CornerShop) -> None:
        """Hold the dialogue, and judge each answer and the store at the end."""
        talk = corner.talk(self.told.get("as"))
        for number, turn in enumerate(self.told["turns"], start=1):
            heard = _take(talk, turn)
            if heard is not None:
                _judge(heard, turn, f"turn {number}, {turn}")
        for table, expected in self.told.get("store", {}).items():
            found = [list(row) for row in corner.rows(table, *expected["columns"])]
            assert found == sorted(expected["rows"], key=lambda row: str(tuple(row))), table
        if "owner" in self.told:
            assert corner.owner(talk) == self.told["owner"]


def scripts(*topics: str) -> list[Script]:
    """Give the dialogues of some files; of none that is named, all that are held in the corner shop, in their order."""
    chosen = topics or sorted({path.stem for path in FOLDER.glob("*.yml")} - OTHER_SHOPS)
    found = []
    for path in (FOLDER / f"{topic}.yml" for topic in chosen):
        for told in load_yaml(path.read_text(encoding="utf-8")):
            unknown = (told.keys() - _KEYS) | {key for turn in told["turns"] for key in turn.keys() - _TURN_KEYS}
            assert not unknown, f"{path.name}, {told.get('name')}: {unknown}"
            found.append(Script(path.stem, told))
    return found


def _take(talk: GatewayTalk, turn: dict[str, Any]) -> Heard | None:
    if "says" in turn:
        return talk.says(turn["says"])
    if "chooses" in turn:
        return talk.chooses(turn["chooses"])
    if "signs_in" in turn:
        talk.signs_in(turn["signs_in"])
    else:
        talk.leaves()
    return None


def _judge(heard: Heard, turn: dict[str, Any], where: str) -> None:
    shown = "\n".join([heard.text, *(f"{card['title']} {card['price']} {card['reason']}" for card in heard.cards)])
    for pattern in _listed(turn.get("hears")):
        assert re.search(pattern, shown, re.IGNORECASE), f"{where}: no {pattern!r} in {shown!r} ({heard.intent})"
    for pattern in _listed(turn.get("never")):
        assert not re.search(pattern, shown, re.IGNORECASE), f"{where}: {pattern!r} in {shown!r} ({heard.intent})"
    for title in _listed(turn.get("offers")):
        assert title in heard.titles, f"{where}: no button {title!r} among {heard.titles} ({heard.intent})"
    if "cards" in turn:
        assert bool(heard.cards) == turn["cards"], f"{where}: cards {heard.cards} ({heard.text!r})"


def _listed(value: str | list[str] | None) -> list[str]:
    return [] if value is None else [value] if isinstance(value, str) else value
