"""Whole dialogues by behaviour, through the whole house: see `dialogues/` for what is said and what must come of it."""

from __future__ import annotations

import pytest

from tests.support.dialogue_house import CornerShop
from tests.support.dialogue_script import Script, scripts


@pytest.mark.parametrize("script", scripts(), ids=lambda script: script.name)
def test_dialogue(script: Script, corner: CornerShop) -> None:
    script.play(corner)


def test_there_are_eighty_dialogues_each_named_once() -> None:
    names = [script.name for script in scripts()]
    assert len(names) == len(set(names))
    assert len(names) >= 80
