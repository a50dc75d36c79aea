"""What the reference tells to say is answered by a list of that mode, with the reasons it names, as Rasa reads it."""

from __future__ import annotations

import pytest

from actions import wiring
from tests.support.dialogue_house import CornerShop
from tests.support.listening import Listening
from tests.support.said_table import Line, in_the_chat

#: The corner shop's customer of each kind.
WHO = {"customer": "ana", "visitor": None, "anybody": None}
#: A list that is told beside another.
BESIDE = {"goes_with": "bundle"}


@pytest.mark.parametrize("line", in_the_chat(), ids=lambda line: f"{line.mode}: {line.says[-1]}")
def test_what_the_reference_tells_to_say_gives_that_list(line: Line, corner: CornerShop) -> None:
    shop = Listening(corner.analytics)
    wiring.configure(shop)
    talk = corner.talk(WHO[line.who])
    for sentence in line.says[:-1]:
        talk.says(sentence)
    shop.lists.clear()
    heard = talk.says(line.says[-1])
    modes = [mode for mode, _ in shop.lists]
    assert line.mode in modes, (modes, heard.text)
    if modes[-1] != line.mode:
        assert modes[-1] == BESIDE.get(line.mode), (modes, heard.text)
    given = next(reasons for mode, reasons in reversed(shop.lists) if mode == line.mode)
    assert given, heard.text
    assert given <= (line.reasons or every_reason(line)), (given, heard.text)
    assert heard.cards


def every_reason(line: Line) -> frozenset[str]:
    """Give the reasons of a line that only says: as for you."""
    assert line.mode == "campaign"
    return frozenset(reason for other in in_the_chat() if other.mode == "for_you" for reason in other.reasons)
