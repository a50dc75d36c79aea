"""The one log stream: which process a line came from, for people and for programs."""

from __future__ import annotations

import json
from io import StringIO

import pytest

from rapport.supervision.child import describe_exit
from rapport.supervision.output import KEPT_LINES, LONGEST_LINE, LogStream


def test_a_line_carries_the_name_of_its_process_in_a_column() -> None:
    out = StringIO()
    log = LogStream(out, ("rasa", "gateway"))
    log.write("rasa", "loaded")
    log.write("gateway", "serves")
    assert out.getvalue() == "rasa    │ loaded\ngateway │ serves\n"


def test_names_are_coloured_only_where_colour_is_wanted() -> None:
    out = StringIO()
    LogStream(out, ("rasa",), colour=True).write("rasa", "loaded")
    assert out.getvalue() == "\x1b[36mrasa │\x1b[0m loaded\n"


def test_json_lines_pass_as_they_are_and_others_are_wrapped() -> None:
    out = StringIO()
    log = LogStream(out, ("rasa",), "json")
    log.write("rasa", '{"event": "loaded"}')
    log.write("rasa", "plain")
    own, wrapped = (json.loads(line) for line in out.getvalue().splitlines())
    assert own == {"event": "loaded"}
    assert (wrapped["process"], wrapped["event"]) == ("rasa", "plain")


def test_a_runaway_line_is_cut_and_only_the_last_lines_are_kept() -> None:
    log = LogStream(StringIO(), ("rasa",))
    for number in range(KEPT_LINES + 5):
        log.write("rasa", f"{number} " + "x" * LONGEST_LINE)
    kept = log.last_lines("rasa")
    assert [line.split()[0] for line in kept] == [str(number) for number in range(5, KEPT_LINES + 5)]
    assert {len(line) for line in kept} == {LONGEST_LINE}


@pytest.mark.parametrize(("code", "told"), [(0, "exit code 0"), (3, "exit code 3"), (-9, "killed by SIGKILL")])
def test_an_exit_is_worded_for_a_person(code: int, told: str) -> None:
    assert describe_exit(code) == told
