"""The programs that the supervisor starts are those of the contract: order, addresses, secrets, environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapport.settings import Settings
from rapport.supervision.program import Program
from rapport.supervision.service import NAMES, STOP_ORDER, programs_of

SECRET = "s" * 32


@pytest.fixture
def programs(tmp_path: Path) -> dict[str, Program]:
    secrets = {"internal_secret": SECRET, "identity_secret": "i" * 32, "console_key": "c" * 32}
    settings = Settings(home=tmp_path, host="0.0.0.0", rasa_port=6005, actions_port=6055, demo=True, **secrets)
    inherited = {"PATH": "/bin", "PYTHONDONTWRITEBYTECODE": "1", "RAPPORT_IDENTITY_SECRET": "i" * 32}
    return {p.name: p for p in programs_of(settings, tmp_path / "model.tar.gz", inherited, "json")}


def test_they_start_in_order_and_the_gateway_waits_for_those_behind_it(programs: dict[str, Program]) -> None:
    assert tuple(programs) == NAMES == ("actions", "rasa", "gateway", "worker")
    assert programs["gateway"].needs == ("actions", "rasa")


def test_the_gateway_stops_first_and_everything_stops() -> None:
    assert STOP_ORDER[0] == "gateway"
    assert sorted(STOP_ORDER) == sorted(NAMES)


def test_only_the_gateway_listens_beyond_loopback(programs: dict[str, Program]) -> None:
    hosts = {name: program.listen.host for name, program in programs.items() if program.listen}
    assert hosts == {"actions": "127.0.0.1", "rasa": "127.0.0.1", "gateway": "0.0.0.0"}
    rasa = programs["rasa"].command
    assert rasa[rasa.index("-i") + 1] == "127.0.0.1"


def test_rasa_gets_what_its_launcher_asks_for_and_no_more_secrets(programs: dict[str, Program]) -> None:
    environment = programs["rasa"].environment
    assert environment["RAPPORT_INTERNAL_SECRET"] == SECRET
    assert environment["RAPPORT_ACTIONS_PORT"] == "6055"
    assert environment["RAPPORT_RASA_DB"].endswith("/rasa.db")
    assert (environment["RASA_TELEMETRY_ENABLED"], environment["OMP_NUM_THREADS"]) == ("false", "1")
    assert "RAPPORT_IDENTITY_SECRET" not in environment
    assert environment["LOG_LEVEL"] in {"WARNING", "ERROR"}, "below warning Rasa logs what customers write"


def test_compiled_modules_are_kept_by_every_program(programs: dict[str, Program]) -> None:
    assert all("PYTHONDONTWRITEBYTECODE" not in program.environment for program in programs.values())


def test_the_demo_is_handed_down(programs: dict[str, Program]) -> None:
    assert programs["gateway"].environment["RAPPORT_DEMO"] == "1"


def test_no_secret_is_on_a_command_line_or_in_a_printed_record(programs: dict[str, Program]) -> None:
    for program in programs.values():
        assert not any(SECRET in word for word in program.command)
        assert SECRET not in repr(program.health)
