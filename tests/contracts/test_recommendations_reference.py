"""Every mode of recommendation and every kind of reason stands in the reference, with what to say to have it."""

from __future__ import annotations

from typing import get_args

import pytest

from analytics.recommendation_records import Mode
from analytics.records import ReasonKind
from tests.support.said_table import in_the_chat, lines

#: Lists that are asked for otherwise than by a mode.
OTHERS = {"newcomer", "similar", "substitutes", "goes_with", "bundle"}


def test_the_table_names_every_mode_and_no_other() -> None:
    assert {line.mode for line in lines()} == {*get_args(Mode), *OTHERS}


@pytest.mark.parametrize("kind", get_args(ReasonKind))
def test_every_kind_of_reason_can_be_had_by_saying_something(kind: str) -> None:
    assert [line.says for line in in_the_chat() if kind in line.reasons]


def test_no_other_reason_is_promised() -> None:
    assert {reason for line in lines() for reason in line.reasons} <= set(get_args(ReasonKind))
