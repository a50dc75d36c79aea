"""Steps: what was done, how long it took, and what was skipped, with and without a terminal."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from rich.console import Console

from rapport.cli.steps import Steps


def test_without_a_terminal_a_step_is_two_plain_lines() -> None:
    out = StringIO()
    with Steps(Console(file=out)).step("Import the shop") as step:
        step("Reading", 0.1)
        step.result = "12 rows"
    assert re.fullmatch(r"… Import the shop\n✓ Import the shop +\d+\.\d s  12 rows\n", out.getvalue())


def test_on_a_terminal_the_line_of_the_step_ends_with_a_tick() -> None:
    out = StringIO()
    with Steps(Console(file=out, force_terminal=True, color_system=None, width=120)).step("Import the shop") as step:
        step("Reading", 0.5)
        step("Still reading")
    assert "✓ Import the shop" in out.getvalue().splitlines()[-1]


def test_a_skipped_step_says_why_and_is_marked_in_the_timings() -> None:
    out = StringIO()
    steps = Steps(Console(file=out))
    with steps.step("Train the Rasa model", "train") as step:
        step.skip("unchanged")
    (timing,) = steps.timings
    assert (timing["step"], timing["skipped"], timing["result"]) == ("train", True, "unchanged")
    assert out.getvalue().splitlines()[-1].startswith("– Train the Rasa model")


def test_a_step_that_fails_gets_no_tick_and_no_time() -> None:
    out = StringIO()
    steps = Steps(Console(file=out))
    with pytest.raises(ValueError, match="broken"), steps.step("Import the shop"):
        raise ValueError("broken")
    assert "✓" not in out.getvalue()
    assert steps.timings == []


def test_quiet_steps_say_nothing() -> None:
    out = StringIO()
    with Steps(Console(file=out), quiet=True).step("Import the shop") as step:
        step("Reading", 0.5)
    assert out.getvalue() == ""
